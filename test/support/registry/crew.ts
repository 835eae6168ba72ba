import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { everyScope } from '../../../server/oauth/scopes.ts';
import { tablesOf } from '../../../server/storage/maintenance/tables.ts';
import { consoleOwner } from '../endpoints/people.ts';
import type { Answer, Organization, World } from '../world.ts';
import { bearerOf, callRest, prepareAccounts } from './accounts_crew.ts';
import type { DocumentedMethod } from './reference.ts';
import { prepareSignIn } from './sign_in_crew.ts';

/** An organization with one of everything, and credentials that open all of it. */
export interface Crew {
  organization: Organization;
  accountId: string;
  agentId: string;
  customerId: string;
  /** Somebody who may be banned. */
  spareCustomerId: string;
  chatId: string;
  threadId: string;
  eventId: string;
  groupId: number;
  clientId: string;
  botId: string;
  templateId: string;
  ruleId: string;
  /** Values by the name of a parameter. */
  known: Record<string, unknown>;
  call(method: DocumentedMethod, input: unknown): Promise<Answer>;
  /** Brings the chat into the state in which a method is called: closed for one that opens it, open for the others. */
  prepare(method: DocumentedMethod): Promise<void>;
}

/** @param secret a word that stands in every name and text of it */
export async function openCrew(world: World, secret: string, groupId: number): Promise<Crew> {
  const { storage, tokens, identifiers } = world.server.composition;
  const now = world.server.clock.now();
  const organization = await world.organization(`${secret} Ltd`);
  const { licenseId } = organization;
  const person = await consoleOwner(world, organization);
  const { accountId, email } = person;
  const key = identifiers.key();
  const personal = tokens.mint('personal', key);
  await storage.write(async ({ identity, grants }) => {
    await identity.addGroup(licenseId, { id: groupId, name: `${secret} group` }, now);
    await identity.addToGroup(licenseId, groupId, accountId);
    await grants.addPersonalAccessToken({
      key,
      id: randomUUID(),
      secretHash: tokens.hashSecret(personal.text),
      licenseId,
      accountId,
      name: secret,
      scopes: everyScope.key,
      createdAt: now,
      expiresAt: now + 86_400_000_000,
      lastUsedAt: null,
      lastUsedFrom: null,
      revokedAt: null,
    });
  });
  world.server.composition.forget();
  const agent = `Basic ${btoa(`${accountId}:${personal.text}`)}`;
  const app = await world.app(person, organization, { type: 'javascript_app' });
  const visitor = { ip: '192.0.2.1', userAgent: 'test' };
  const spare = await world.server.services.chats.createCustomer({ licenseId, visit: visitor });
  const cookie = { grant_type: 'cookie', response_type: 'token', client_id: app.clientId };
  const response = await fetch(`${world.url}/v2/customer/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://www.example.com' },
    body: JSON.stringify({ ...cookie, organization_id: organization.id }),
  });
  const granted = (await response.json()) as { access_token: string; entity_id: string };
  const customer = `Bearer ${granted.access_token}`;
  const inChat = `?organization_id=${organization.id}`;
  const started = await world.call(
    `/v3.6/customer/action/start_chat${inChat}`,
    { chat: { thread: { events: [{ type: 'message', text: `${secret} says hello` }] } } },
    customer,
  );
  assert.equal(started.status, 200, JSON.stringify(started.body));
  const { chat_id: chatId, thread_id: threadId } = started.body;
  const [eventId] = started.body.event_ids;
  const editor = { ip: '192.0.2.1', userAgent: 'test', requestId: 'test' };
  const makeBot = () =>
    world.server.services.organizationBots.create(
      { licenseId, accountId, clientId: app.clientId, reach: 'all', actor: editor },
      undefined,
      { name: `${secret} bot` },
    );
  const made = await makeBot();
  const keeper = { licenseId, accountId, ownerClientId: app.clientId, actor: editor };
  const makeTemplate = async () =>
    (
      await world.server.services.organizationBots.createTemplate(
        keeper,
        { name: `${secret} template` },
        false,
      )
    ).id;
  const makeRule = () =>
    world.server.services.autoAccess.add(keeper, {
      groupIds: [0],
      conditions: { url: { values: [{ value: secret }] } },
      description: secret,
    });
  const bearer = await bearerOf(world, { ...organization, accountId });
  const crew: Crew = {
    organization,
    accountId,
    agentId: email,
    botId: made.id,
    templateId: await makeTemplate(),
    ruleId: await makeRule(),
    customerId: granted.entity_id,
    spareCustomerId: spare.id,
    chatId,
    threadId,
    eventId,
    groupId,
    clientId: app.clientId,
    known: {
      chat_id: chatId,
      thread_id: threadId,
      event_id: eventId,
      customer_id: granted.entity_id,
      agent_id: email,
      user_id: email,
      owner_client_id: app.clientId,
      group_id: 0,
      group_ids: [0],
      organization_id: organization.id,
      client_id: app.clientId,
      bot_id: made.id,
      bot_secret: made.secret,
      next_id: '',
      page_id: undefined,
    },
    async prepare(method) {
      const { name } = method;
      if (method.api === 'accounts') {
        Object.assign(crew.known, await prepareAccounts(world, organization, accountId));
        Object.assign(crew.known, await prepareSignIn(world, organization, accountId, name));
        return;
      }
      if (/_bot(_|$)/.test(name) && !(await storage.read.bots.bot(licenseId, crew.botId))) {
        const { id, secret: itsSecret } = await makeBot();
        crew.botId = id;
        Object.assign(crew.known, { bot_id: id, bot_secret: itsSecret });
      }
      const rules = await storage.read.autoAccess(licenseId).rules();
      if (/auto_access/.test(name) && !rules.some(({ id }) => id === crew.ruleId))
        crew.ruleId = await makeRule();
      const templates = await storage.read.bots.botTemplates(app.clientId);
      if (/_bot_template/.test(name) && !templates.some(({ id }) => id === crew.templateId))
        crew.templateId = await makeTemplate();
      const opens = name === 'resume_chat';
      const body = opens ? { id: chatId, ignore_requester_presence: true } : { chat: { id: chatId } };
      await world.call(`/v3.6/agent/action/${opens ? 'deactivate_chat' : 'resume_chat'}`, body, agent);
    },
    call: (method, input) =>
      method.api === 'accounts'
        ? callRest(world, method, input, crew.known, method.bearerOnly ? bearer : agent)
        : method.api === 'customer'
          ? world.call(`/v3.6/customer/action/${method.name}${inChat}`, input, customer)
          : world.call(`/v3.6/${method.api}/action/${method.name}`, input, agent),
  };
  return crew;
}

/** What `id` and `ids` are of, by the method's own name. */
export function idsOf(crew: Crew, { name }: DocumentedMethod): Record<string, unknown> {
  const id = /customer/.test(name)
    ? name === 'ban_customer'
      ? crew.spareCustomerId
      : crew.customerId
    : /group/.test(name)
      ? crew.groupId
      : /agent/.test(name) && !/transfer/.test(name)
        ? crew.agentId
        : /auto_access/.test(name)
          ? crew.ruleId
          : /_bot_template/.test(name)
            ? crew.templateId
            : /_bot(_|$)/.test(name)
              ? crew.botId
              : crew.chatId;
  return { ...crew.known, id };
}

/** What refusals and looks write down: of those an organization may hear; and when the background looks again. */
const LOGS = [
  'app_requests',
  'first_steps',
  'refused_requests',
  'refusals',
  'compatibility_uses',
  'chat_timers',
];

/** Every row of an organization by table, but for what a mere look at it writes down. */
export async function rowsOf(world: World, { licenseId }: Organization): Promise<Record<string, string>> {
  await world.settle();
  const { read } = world.server.composition.database;
  const rows: Record<string, string> = {};
  for (const { name, columns, key } of await tablesOf(read)) {
    if (!columns.includes('license_id') || LOGS.includes(name)) continue;
    const found = await read.query<Record<string, unknown>>((db) => {
      let query = db
        .selectFrom(name as 'apps')
        .selectAll()
        .where('license_id', '=', licenseId);
      for (const column of key) query = query.orderBy(column as 'id');
      return query;
    });
    const lasting = found.map(({ last_used_at: _at, last_used_from: _from, ...row }) => row);
    rows[name] = JSON.stringify(lasting, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  }
  return rows;
}

/** Which rows differ: for each table those that went, and those that came. */
export function changesBetween(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys({ ...before, ...after }).flatMap((table) =>
    before[table] === after[table]
      ? []
      : [`${table}: ${firstDifference(before[table] ?? '', after[table] ?? '')}`],
  );
}

function firstDifference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return `…${one.slice(Math.max(0, at - 40), at + 60)} → …${other.slice(Math.max(0, at - 40), at + 60)}`;
}
