import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Random } from '../../kernel/random.ts';
import { announceVisitors } from '../announcements.ts';
import { EVERYBODY } from '../chats/chat.ts';
import type { PeopleDirectory } from '../chats/people.ts';
import { textProblem } from '../customers/field_rules.ts';
import type { Places } from '../customers/places.ts';
import type { Audit } from '../identity/audit.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Actor } from '../identity/records.ts';
import { rememberByOrganization } from '../remembered_by_organization.ts';
import type { Storage, Stores } from '../storage.ts';
import { type AutoAccess, type Conditions, checkConditions, meets, placed } from './conditions.ts';

export const MOST_RULES = 100;
const LONGEST_DESCRIPTION = 255;

export interface RuleForm {
  groupIds?: readonly number[] | undefined;
  conditions?: Conditions | undefined;
  description?: string | undefined;
  /** The rule to go before; empty for the end. */
  nextId?: string | undefined;
}

export interface RuleKeeper {
  licenseId: number;
  accountId: string | null;
  actor: Actor;
}

/** Where a customer is who opens a chat or a page. */
export interface Visitor {
  ip: string | null;
  /** Asked only where there are rules. */
  page(): Promise<string | undefined>;
}

/**
 * Rules that say which groups a chat is for, by the page and the place of its customer; the first that is met counts
 * (docs: configuration-api#auto-access).
 */
export interface AutoAccessService {
  /** In their order. */
  list(licenseId: number): Promise<AutoAccess[]>;
  /** @throws GatehouseError `validation`, `limit_reached` */
  add(
    keeper: RuleKeeper,
    form: RuleForm & { groupIds: readonly number[]; conditions: Conditions },
  ): Promise<string>;
  /** @throws GatehouseError `validation`, `not_found` */
  update(keeper: RuleKeeper, id: string, form: RuleForm): Promise<void>;
  remove(keeper: RuleKeeper, id: string): Promise<void>;
  /** Undefined where no rule is met. Groups that are no more are left out. */
  groupsFor(licenseId: number, visitor: Visitor): Promise<number[] | undefined>;
  forget(licenseId: number): void;
  forgetAll(): void;
}

export function createAutoAccessService(deps: {
  storage: Storage;
  clock: Clock;
  random: Random;
  people: PeopleDirectory;
  places: Places;
  audit: Audit;
  maxAge(): number;
}): AutoAccessService {
  const { storage, people } = deps;
  const remembered = rememberByOrganization((licenseId) => storage.read.autoAccess(licenseId).rules(), deps);

  const groupsOf = async (licenseId: number): Promise<Set<number>> =>
    new Set([EVERYBODY, ...(await people.groups(licenseId)).map(({ id }) => id)]);

  /** One change of an organization's list after the other, heard by every server. */
  async function change<T>(
    keeper: RuleKeeper,
    action: AuditAction,
    work: (rules: AutoAccess[], stores: Stores) => { rules: AutoAccess[]; id: string; value: T },
  ): Promise<T> {
    const { licenseId, accountId, actor } = keeper;
    const done = await storage.write(async (stores) => {
      await stores.people.lockOrganization(licenseId);
      const store = stores.autoAccess(licenseId);
      const { rules, id, value } = work(await store.rules(), stores);
      await store.saveRules(rules);
      await deps.audit(stores, actor, action, { licenseId, accountId, detail: { auto_access_id: id } });
      await announceVisitors(stores, licenseId);
      return value;
    });
    remembered.forget(licenseId);
    return done;
  }

  async function check(licenseId: number, { groupIds, conditions, description }: RuleForm): Promise<void> {
    const known = await groupsOf(licenseId);
    const unknown = groupIds?.find((id) => !known.has(id));
    if (unknown !== undefined)
      throw invalid('access.groups', `names group ${unknown}, which this organization does not have.`);
    if (conditions) checkConditions(conditions);
    const problem = description === undefined ? undefined : textProblem(description, LONGEST_DESCRIPTION);
    if (problem) throw invalid('description', problem);
  }

  return {
    async list(licenseId) {
      const known = await groupsOf(licenseId);
      return (await storage.read.autoAccess(licenseId).rules()).map((rule) => ({
        ...rule,
        groupIds: rule.groupIds.filter((id) => known.has(id)),
      }));
    },
    async add(keeper, form) {
      await check(keeper.licenseId, form);
      const id = deps.random.bytes(16).toString('hex');
      const rule = {
        id,
        description: cleanLine(form.description ?? ''),
        groupIds: [...new Set(form.groupIds)],
        conditions: form.conditions,
      };
      return change(keeper, 'auto_access.added', (rules) => {
        if (rules.length >= MOST_RULES)
          throw new GatehouseError(
            'limit_reached',
            `An organization may have ${MOST_RULES} auto access rules.`,
          );
        return { rules: placed(rules, rule, form.nextId), id, value: id };
      });
    },
    async update(keeper, id, form) {
      await check(keeper.licenseId, form);
      await change(keeper, 'auto_access.changed', (rules) => {
        const before = need(rules, id);
        const rule = {
          id,
          description: form.description === undefined ? before.description : cleanLine(form.description),
          groupIds: form.groupIds ? [...new Set(form.groupIds)] : before.groupIds,
          conditions: form.conditions ?? before.conditions,
        };
        return { rules: placed(rules, rule, form.nextId), id, value: undefined };
      });
    },
    async remove(keeper, id) {
      await change(keeper, 'auto_access.deleted', (rules) => {
        need(rules, id);
        return { rules: rules.filter((rule) => rule.id !== id), id, value: undefined };
      });
    },
    async groupsFor(licenseId, { ip, page }) {
      const rules = await remembered.get(licenseId);
      if (rules.length === 0) return undefined;
      const where = { page: await page(), place: deps.places.of(ip) };
      const known = await groupsOf(licenseId);
      for (const rule of rules) {
        const groups = rule.groupIds.filter((id) => known.has(id));
        if (groups.length > 0 && meets(rule.conditions, where)) return groups;
      }
      return undefined;
    },
    forget: remembered.forget,
    forgetAll: remembered.forgetAll,
  };
}

function need(rules: readonly AutoAccess[], id: string): AutoAccess {
  const found = rules.find((rule) => rule.id === id);
  if (found) return found;
  throw new GatehouseError(
    'not_found',
    'This organization has no auto access rule with this id. list_auto_accesses names them.',
  );
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field} ${message}`, { fields: [{ field, message }] });
}
