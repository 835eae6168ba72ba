import { type Micros, seconds } from '../../kernel/clock.ts';
import { parseTimestamp } from '../../kernel/timestamp.ts';
import { customerRecord } from '../chats/customers.ts';
import { readEvent } from '../chats/event_rules.ts';
import type { PastChat, PastEvent, PastThread } from '../chats/import_chat.ts';
import type { Member, Organization } from '../identity/records.ts';
import { typeOf } from './check_seed_chats.ts';
import { type SampleAgent, type SampleContext, sampleChat, sampleId } from './sample_chats.ts';
import type { SeedDeps, SeedReport } from './seed_deps.ts';
import { customerOf } from './seed_references.ts';
import type { SeedChat, SeedCustomer, SeedEvent, SeedOrganization, SeedThread } from './seed_schema.ts';
import { uuidOf } from './seed_values.ts';

/** Chats that are written at once: they share commits on SQLite, and connections on PostgreSQL. */
const AT_ONCE = 16;
const MINUTE = seconds(60);

export async function addCustomers(
  seed: SeedOrganization,
  { licenseId, id }: Organization,
  deps: SeedDeps,
  report: SeedReport,
): Promise<void> {
  await inBatches(seed.customers ?? [], async (entry) => {
    const customerId = customerIdOf(entry, id);
    if (await deps.storage.read.chats(licenseId).customer(customerId)) return;
    const ids = { id: customerId, key: deps.identifiers.key() };
    const customer = customerRecord(profileOf(entry), ids, deps.clock.now());
    await deps.storage.write((stores) => stores.chats(licenseId).insertCustomer(customer));
    report.customers += 1;
  });
}

/** The same each time, also where the seed gives none. */
function customerIdOf(entry: SeedCustomer, organizationId: string): string {
  return entry.id ?? uuidOf(`${organizationId}/customer/${entry.email?.toLowerCase() ?? entry.name}`);
}

function profileOf(entry: SeedCustomer) {
  return {
    name: entry.name,
    email: entry.email,
    avatar: entry.avatar,
    phoneNumber: entry.phone_number,
    sessionFields: entry.session_fields,
  };
}

export async function addChats(
  seed: SeedOrganization,
  organization: Organization,
  deps: SeedDeps,
  report: SeedReport,
): Promise<void> {
  if ((seed.chats ?? []).length === 0) return;
  const { licenseId } = organization;
  const members = await deps.storage.read.identity.members(licenseId);
  const now = deps.clock.now();
  await inBatches(seed.chats ?? [], async (entry) => {
    if (await deps.storage.read.chats(licenseId).chatByCustomId(entry.id)) return;
    const customer = entry.customer === undefined ? undefined : customerOf(seed, entry.customer);
    if (customer) {
      // The customer came from an earlier seed, or chatted since: a customer has one chat.
      const known = await deps.storage.read
        .chats(licenseId)
        .customer(customerIdOf(customer, organization.id));
      if (known?.chatId) return;
    }
    const past = pastChat(entry, customer, organization, members, now);
    if ((await deps.services.chats.importChat(past)).created) report.chats += 1;
  });
}

export async function addSampleChats(
  seed: SeedOrganization,
  { id: organizationId, licenseId }: Organization,
  deps: SeedDeps,
  report: SeedReport,
): Promise<void> {
  const count = seed.sample_chats ?? 0;
  if (count === 0) return;
  const [members, groups] = await Promise.all([
    deps.storage.read.identity.members(licenseId),
    deps.storage.read.identity.groups(licenseId),
  ]);
  const present: SampleAgent[] = members
    .filter(({ membership }) => membership.suspendedAt === null)
    .map(({ account, groupIds }) => ({ id: account.email, name: account.name, groupIds }));
  const agents = present.length > 0 ? present : [NOBODY];
  const context: SampleContext = { organizationId, licenseId, count, now: deps.clock.now(), agents, groups };
  const places = Array.from({ length: count }, (_, index) => index);
  await inBatches(places, async (index) => {
    if (await deps.storage.read.chats(licenseId).chatByCustomId(sampleId(index))) return;
    if ((await deps.services.chats.importChat(sampleChat(context, index))).created) report.chats += 1;
  });
}

/** Who answers in an organization without accounts. */
const NOBODY: SampleAgent = { id: 'former.agent@example.com', name: 'Former Agent', groupIds: [0] };

function pastChat(
  entry: SeedChat,
  customer: SeedCustomer | undefined,
  { id, licenseId }: Organization,
  members: readonly Member[],
  now: Micros,
): PastChat {
  // E-mails may be spelled with other capitals in the seed than in the account.
  const emails = new Map(members.map(({ account }) => [account.email.toLowerCase(), account.email]));
  const agentId = (email: string) => emails.get(email.toLowerCase()) ?? email;
  const nameOf = (email: string) =>
    members.find(({ account }) => account.email === agentId(email))?.account.name ?? email;
  const threads: PastThread[] = [];
  let from = now - 60 * MINUTE;
  for (const seedThread of entry.threads ?? []) {
    const thread = pastThread(seedThread, startOf(seedThread, from, now), { agentId, nameOf });
    threads.push(thread);
    from = (thread.closedAt ?? thread.createdAt) + MINUTE;
  }
  return {
    licenseId,
    customId: entry.id,
    createdAt: threads[0]?.createdAt ?? now,
    ...(customer ? { customer: { ...profileOf(customer), id: customerIdOf(customer, id) } } : {}),
    access: entry.groups ?? [0],
    ...(entry.properties ? { properties: entry.properties } : {}),
    followers: (entry.followers ?? []).map(agentId),
    threads,
  };
}

function startOf(thread: SeedThread, from: Micros, now: Micros): Micros {
  if (thread.created_at !== undefined) return parseTimestamp(thread.created_at) ?? from;
  return thread.minutes_ago === undefined ? from : now - Math.round(thread.minutes_ago * MINUTE);
}

function pastThread(
  thread: SeedThread,
  createdAt: Micros,
  agents: { agentId: (email: string) => string; nameOf: (email: string) => string },
): PastThread {
  let at = createdAt;
  const events = (thread.events ?? []).map((event) => {
    at += Math.round((event.after_seconds ?? 30) * seconds(1));
    return pastEvent(event, at, agents.agentId);
  });
  const { closed_by: closedBy } = thread;
  return {
    createdAt,
    ...(thread.open ? {} : { closedAt: at + MINUTE }),
    ...(closedBy === undefined
      ? {}
      : { closedBy: { agentId: agents.agentId(closedBy), name: agents.nameOf(closedBy) } }),
    agentIds: [...(thread.agents ?? []), ...(closedBy === undefined ? [] : [closedBy])].map(agents.agentId),
    ...(thread.groups ? { access: thread.groups } : {}),
    ...(thread.properties ? { properties: thread.properties } : {}),
    tags: [...new Set(thread.tags ?? [])],
    events,
  };
}

function pastEvent(event: SeedEvent, at: Micros, agentId: (email: string) => string): PastEvent {
  const { author } = event;
  const draft = readEvent({ ...event, type: typeOf(event) }, 'event');
  return {
    at,
    author: author === 'customer' || author === 'system' ? author : { agentId: agentId(author) },
    type: draft.type,
    content: draft.content,
    visibility: draft.visibility,
    properties: draft.properties,
    ...(draft.customId === null ? {} : { customId: draft.customId }),
  };
}

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += AT_ONCE)
    await Promise.all(items.slice(start, start + AT_ONCE).map(work));
}
