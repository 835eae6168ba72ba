import type { Clock } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import { CHAT_PAGE_CLIENT } from '../apps/built_in_clients.ts';
import { textProblem } from '../customers/field_rules.ts';
import { loginSubject } from '../identity/throttling.ts';
import type { Storage } from '../storage.ts';
import type { FormDefinition } from '../widget/forms.ts';
import type { Channel, ProductSource } from './license_store.ts';
import { countAgents } from './plan_room.ts';
import { type LimitedResource, type Plan, planTable } from './plans.ts';

/** What is known of a company (docs: configuration-api#update-company-details). */
export const companyFields = [
  'audience',
  'chat_purpose',
  'city',
  'company',
  'company_size',
  'country',
  'invoice_email',
  'invoice_name',
  'nip',
  'postal_code',
  'state',
  'street',
  'phone',
  'province',
  'url',
] as const;
export type CompanyDetails = { [Field in (typeof companyFields)[number]]?: string | undefined };

const LONGEST = 255;

/** Of what there is more than a plan allows. */
export interface Excess {
  resource: LimitedResource;
  over: number;
  /** The agent or group that it concerns. */
  id?: string;
}

export interface LicenseService {
  channels(licenseId: number): Promise<Channel[]>;
  /** A customer came through this client; only the first time is written down. */
  noteCustomer(licenseId: number, clientId: string): Promise<void>;
  /** What would have to go before the plan could be this one. */
  excess(licenseId: number, plan: Plan): Promise<Excess[]>;
  /** Undefined for an organization that was not made by signing up. */
  productSource(licenseId: number): Promise<ProductSource | undefined>;
  companyDetails(licenseId: number): Promise<CompanyDetails>;
  /**
   * What is left out stays; an empty text takes a field back.
   * @param enrich fills a company name that is missing from the page at `url`
   * @throws GatehouseError `validation`
   */
  updateCompanyDetails(licenseId: number, change: CompanyDetails, enrich: boolean): Promise<void>;
  /** Mail to the agent is tried again. @throws GatehouseError `not_found` for somebody who is no agent here */
  reactivateEmail(licenseId: number, agentId: string): Promise<void>;
}

export function createLicenseService(deps: {
  storage: Storage;
  clock: Clock;
  /** The name of the site at an address, for `enrich`. */
  siteName(licenseId: number, url: string): Promise<string | undefined>;
  /** The form before a chat, as a group has it. */
  prechatForm(licenseId: number, groupId: number): Promise<FormDefinition>;
}): LicenseService {
  const { storage, clock } = deps;
  const { license } = storage.read;
  const noted = new Set<string>();
  const KEPT_IN_MIND = 10_000;

  return {
    channels: license.channels,

    async noteCustomer(licenseId, clientId) {
      const key = `${licenseId} ${clientId}`;
      if (noted.has(key)) return;
      const page = clientId === CHAT_PAGE_CLIENT;
      await storage.write((stores) =>
        stores.license.noteChannel(licenseId, {
          type: page ? 'direct_link' : 'integration',
          subtype: page ? '' : clientId,
          firstActivityAt: clock.now(),
        }),
      );
      if (noted.size >= KEPT_IN_MIND) noted.clear();
      noted.add(key);
    },

    async excess(licenseId, plan) {
      const limits = planTable[plan];
      const found: Excess[] = [];
      const compare = (resource: LimitedResource, count: number, id?: string): void => {
        const over = count - (limits[resource] ?? Number.POSITIVE_INFINITY);
        if (over > 0) found.push({ resource, over, ...(id === undefined ? {} : { id }) });
      };
      const { read } = storage;
      const [members, groups, queue] = await Promise.all([
        read.identity.members(licenseId),
        read.team.groups(licenseId),
        read.chats(licenseId).queue(),
      ]);
      compare('agents', await countAgents(read, licenseId));
      compare('groups', groups.length);
      for (const { account, groupIds } of members)
        compare('groups_per_agent', groupIds.length, account.email);
      compare('banned', await read.visitors(licenseId).countBansInForce(clock.now()));
      const continuous = new Set(
        (await read.chats(licenseId).chats(queue.map(({ chatId }) => chatId)))
          .filter(({ chat }) => chat.continuous)
          .map(({ chat }) => chat.id),
      );
      for (const resource of ['queue', 'queue_continuous'] as const) {
        const waiting = queue.filter(({ chatId }) => continuous.has(chatId) === (resource !== 'queue'));
        compare(resource, waiting.length);
        for (const { id } of groups)
          compare(resource, waiting.filter((one) => one.groups.includes(id)).length, String(id));
      }
      for (const { id } of groups)
        compare('group_chooser_groups', choices(await deps.prechatForm(licenseId, id)), String(id));
      return found;
    },

    productSource: license.productSource,
    companyDetails: license.companyDetails,

    async updateCompanyDetails(licenseId, change, enrich) {
      const problems: FieldProblem[] = Object.entries(change).flatMap(([field, text]) => {
        const message = text === undefined ? undefined : textProblem(text, LONGEST);
        return message === undefined ? [] : [{ field, message }];
      });
      const [first] = problems;
      if (first)
        throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
      const before = { ...(await license.companyDetails(licenseId)), ...change };
      const found =
        enrich && !before.company && before.url
          ? await deps.siteName(licenseId, before.url).catch(() => undefined)
          : undefined;
      await storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        const now = { ...(await stores.license.companyDetails(licenseId)), ...change };
        if (found !== undefined) now.company ||= found.slice(0, LONGEST);
        const kept = Object.entries(now).filter((entry): entry is [string, string] => !!entry[1]);
        await stores.license.saveCompanyDetails(licenseId, Object.fromEntries(kept), clock.now());
      });
    },

    async reactivateEmail(licenseId, agentId) {
      const members = await storage.read.identity.members(licenseId);
      const member = members.find(({ account }) => loginSubject(account.email) === loginSubject(agentId));
      if (!member)
        throw new GatehouseError(
          'not_found',
          `This organization has no agent "${agentId.slice(0, 80)}". Agents are named by e-mail.`,
        );
      const email = loginSubject(member.account.email);
      await storage.write((stores) => stores.license.forgetBounce(email));
    },
  };
}

function choices({ form }: FormDefinition): number {
  return Math.max(
    0,
    ...form.fields.map(({ type, options }) => (type === 'group_chooser' ? (options?.length ?? 0) : 0)),
  );
}
