import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Bot } from '../apps/records.ts';
import type { GroupPriority } from '../chats/people.ts';
import type { WorkScheduler } from '../chats/routing/working_hours.ts';
import { httpAddressProblem, textProblem } from '../customers/field_rules.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import { workSchedulerProblems } from '../team/agent_form.ts';

/** What can be set of a bot (docs: configuration-api#create-bot); what is absent stays as it is. */
export interface BotForm extends BotLooks {
  groups?: readonly { id: number; priority: GroupPriority }[] | undefined;
  type?: string | undefined;
  workScheduler?: WorkScheduler | undefined;
}

/** What a bot and a template have in common. */
export interface BotLooks {
  name?: string | undefined;
  /** Address of a picture; empty for none. */
  avatar?: string | undefined;
  jobTitle?: string | undefined;
  defaultPriority?: GroupPriority | undefined;
  /** Chats with customers at once. */
  chatLimit?: number | undefined;
}

/** Docs: configuration-api#create-bot. */
export const MOST_CHATS = 500;
const LONGEST_NAME = 100;
const LONGEST_JOB_TITLE = 255;
const LONGEST_TYPE = 64;
const LONGEST_AVATAR = 2048;

type Looks = Pick<Bot, 'name' | 'avatarUrl' | 'jobTitle' | 'defaultPriority'>;

/**
 * Lays what was asked for over how the bot looks now.
 * @throws GatehouseError `validation`, naming each wrong field
 */
export function withLooks<T extends Looks>(before: T, form: BotLooks): T {
  const problems: FieldProblem[] = [];
  const next = withChecked(before, form, problems);
  refuse(problems);
  return next;
}

function withChecked<T extends Looks>(before: T, form: BotLooks, problems: FieldProblem[]): T {
  const { avatar, chatLimit } = form;
  const line = (field: string, text: string | undefined, longest: number): string | undefined => {
    if (text === undefined) return undefined;
    const message = textProblem(text, longest);
    if (message) problems.push({ field, message });
    return cleanLine(text);
  };
  const name = line('name', form.name, LONGEST_NAME);
  if (name === '')
    problems.push({ field: 'name', message: 'is empty: customers and agents see it in chats.' });
  const jobTitle = line('job_title', form.jobTitle, LONGEST_JOB_TITLE);
  const pictureProblem = avatar ? httpAddressProblem(avatar, LONGEST_AVATAR) : undefined;
  if (pictureProblem) problems.push({ field: 'avatar', message: pictureProblem });
  if (chatLimit !== undefined && (chatLimit < 0 || chatLimit > MOST_CHATS))
    problems.push({
      field: 'max_chats_count',
      message: `is ${chatLimit}; a bot has 0 to ${MOST_CHATS} chats at once.`,
    });
  return {
    ...before,
    name: name ?? before.name,
    avatarUrl: avatar === undefined ? before.avatarUrl : avatar || null,
    jobTitle: jobTitle === undefined ? before.jobTitle : jobTitle || null,
    defaultPriority: form.defaultPriority ?? before.defaultPriority,
  };
}

/**
 * Lays what was asked for over a bot.
 * @param knownGroups of the organization
 * @throws GatehouseError `validation`, naming each wrong field
 */
export function withForm(before: Bot, form: BotForm, knownGroups: readonly number[]): Bot {
  const problems: FieldProblem[] = [];
  const next = withChecked(before, form, problems);
  const { groups, type, workScheduler } = form;
  groups?.forEach(({ id }, index) => {
    const field = `groups[${index}].id`;
    if (!knownGroups.includes(id))
      problems.push({ field, message: `names group ${id}, which this organization does not have.` });
    else if (groups.findIndex((one) => one.id === id) < index)
      problems.push({ field, message: `names group ${id} a second time.` });
  });
  const typeProblem = type === undefined ? undefined : textProblem(type, LONGEST_TYPE);
  if (typeProblem) problems.push({ field: 'type', message: typeProblem });
  if (workScheduler) problems.push(...workSchedulerProblems(workScheduler));
  refuse(problems);
  return {
    ...next,
    ...(groups
      ? {
          groupIds: groups.map(({ id }) => id),
          priorities: Object.fromEntries(groups.map(({ id, priority }) => [id, priority])),
        }
      : {}),
    type: type === undefined ? before.type : cleanLine(type) || 'chatbot',
    workScheduler: workScheduler ?? before.workScheduler,
  };
}

function refuse(fields: FieldProblem[]): void {
  const [first] = fields;
  if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields });
}
