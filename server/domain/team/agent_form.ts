import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { GroupPriority } from '../chats/people.ts';
import { isTimezone, type WorkingHours, type WorkScheduler } from '../chats/routing/working_hours.ts';
import type {
  AgentNotification,
  AgentSettings,
  EmailSubscription,
  LoginStatus,
  TeamGroup,
} from './records.ts';

export interface GroupPlace {
  id: number;
  priority: GroupPriority;
}

/** What is set of an agent; what is absent stays as it is. */
export interface AgentForm {
  loginStatus?: LoginStatus | undefined;
  jobTitle?: string | undefined;
  mobile?: string | undefined;
  chatLimit?: number | undefined;
  /** All groups of the agent: out of those that are not here they go. */
  groups?: readonly GroupPlace[] | undefined;
  notifications?: readonly AgentNotification[] | undefined;
  emailSubscriptions?: readonly EmailSubscription[] | undefined;
  workScheduler?: WorkScheduler | undefined;
}

/** Settings after a change. Empty texts and a schedule without hours are none. */
export function settingsWith(before: AgentSettings, form: AgentForm): AgentSettings {
  const text = (now: string | undefined, was: string | null): string | null =>
    now === undefined ? was : now.trim() || null;
  const unique = <T>(now: readonly T[] | undefined, was: readonly T[]): readonly T[] =>
    now === undefined ? was : [...new Set(now)];
  return {
    ...before,
    loginStatus: form.loginStatus ?? before.loginStatus,
    jobTitle: text(form.jobTitle, before.jobTitle),
    mobile: text(form.mobile, before.mobile),
    notifications: unique(form.notifications, before.notifications),
    emailSubscriptions: unique(form.emailSubscriptions, before.emailSubscriptions),
    workScheduler:
      form.workScheduler === undefined
        ? before.workScheduler
        : form.workScheduler.schedule.length === 0
          ? null
          : form.workScheduler,
  };
}

/**
 * Groups that an agent is to be in.
 * @throws GatehouseError `validation` for none, for one that is not there, and for one that is named twice
 */
export function checkGroups(wanted: readonly GroupPlace[], present: readonly TeamGroup[]): void {
  if (wanted.length === 0)
    throw invalid([
      { field: 'groups', message: 'An agent is in one group at least; group 0 is everybody’s.' },
    ]);
  const seen = new Set<number>();
  for (const [place, { id }] of wanted.entries()) {
    const field = `groups[${place}].id`;
    if (!present.some((group) => group.id === id))
      throw invalid([
        { field, message: `This organization has no group ${id}. list_groups names those there are.` },
      ]);
    if (seen.has(id)) throw invalid([{ field, message: `Group ${id} stands here twice.` }]);
    seen.add(id);
  }
}

/** @throws GatehouseError `validation` */
export function checkWorkScheduler(scheduler: WorkScheduler): void {
  const problems = workSchedulerProblems(scheduler);
  if (problems.length > 0) throw invalid(problems);
}

/**
 * What is wrong with working hours, each of one day. Hours that are not enabled may overlap others: they are not
 * followed.
 */
export function workSchedulerProblems({ timezone, schedule }: WorkScheduler): FieldProblem[] {
  if (timezone !== '' && !isTimezone(timezone))
    return [
      {
        field: 'work_scheduler.timezone',
        message: `"${timezone.slice(0, 64)}" is no time zone. Use a name of the IANA database, such as Europe/Warsaw.`,
      },
    ];
  const problems: FieldProblem[] = [];
  const earlier: { hours: WorkingHours; place: number }[] = [];
  for (const [place, hours] of schedule.entries()) {
    if (!hours.enabled) continue;
    const field = `work_scheduler.schedule[${place}]`;
    if (hours.start >= hours.end)
      problems.push({
        field: `${field}.end`,
        message: `${hours.end} is not after ${hours.start}. Hours past midnight are two: until 24:00, and from 00:00 of the next day.`,
      });
    const other = earlier.find((one) => overlap(one.hours, hours));
    if (other)
      problems.push({
        field,
        message: `${hours.day} ${hours.start}–${hours.end} overlaps ${other.hours.start}–${other.hours.end} of schedule[${other.place}]. Make one of the two.`,
      });
    earlier.push({ hours, place });
  }
  return problems;
}

function overlap(a: WorkingHours, b: WorkingHours): boolean {
  return a.day === b.day && a.start < b.end && b.start < a.end;
}

export function invalid(fields: FieldProblem[]): GatehouseError {
  const [first] = fields;
  return new GatehouseError('validation', first ? `${first.field}: ${first.message}` : 'It is not right.', {
    fields,
  });
}
