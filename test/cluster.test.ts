import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { openBrowser } from './support/browser_session.ts';
import { type EmptyDatabase, engines } from './support/databases.ts';
import {
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  tokensFor,
  type World,
} from './support/world.ts';

const LIST = '/v3.6/agent/action/list_chats';
const ACTOR = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
/** Far more than the second that is promised, for a busy machine; far less than the age that caches believe. */
const PATIENCE_MILLISECONDS = 10_000;

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  while (!(await holds())) {
    assert.ok(performance.now() < end, `it did not come to be: ${what}`);
    await wait(5);
  }
}

describe('two servers on one PostgreSQL', () => {
  let database: EmptyDatabase;
  let one: World;
  let two: World;
  let acme: Organization;
  let owner: Person;
  let app: RegisteredApp;
  before(async () => {
    database = await engines.postgres.create();
    const flags = ['--database-url', database.url, '--secret-key', randomBytes(32).toString('hex')];
    one = await openWorld(engines.sqlite, flags);
    two = await openWorld(engines.sqlite, flags);
    acme = await one.organization();
    owner = await one.person(acme);
    app = await one.app(owner, acme);
    await until('both hear', () => [one, two].every(({ server }) => server.composition.cluster.hearing()));
  });
  after(async () => {
    await two?.close();
    await one?.close();
    await database?.remove();
  });

  const statusOn = async (world: World, token: string) =>
    (await world.call(LIST, {}, `Bearer ${token}`)).status;
  const refusedOn = (world: World, token: string, status = 401) =>
    until(`refused with ${status}`, async () => (await statusOn(world, token)) === status);
  const manager = () => ({ licenseId: acme.licenseId, accountId: owner.accountId, actor: ACTOR });
  const versionOf = async ({ accountId }: Person): Promise<number> => {
    const member = await one.server.composition.storage.read.identity.member(acme.licenseId, accountId);
    return member?.membership.version ?? 0;
  };
  const revoke = async (token: string) =>
    assert.equal(
      await one.server.services.grants.tokens.revoke(token, ACTOR),
      true,
      'the token was there to be revoked',
    );

  it('the second takes the tokens of the first, and remembers them', async () => {
    const { access_token } = await tokensFor(one, owner, app);
    assert.equal(await statusOn(two, access_token), 200);
    const before = two.server.services.grants.cacheStatistics().agents;
    assert.equal(await statusOn(two, access_token), 200);
    assert.equal(two.server.services.grants.cacheStatistics().agents.hits, before.hits + 1);
  });

  it('what one revokes, the other refuses', async () => {
    const { access_token } = await tokensFor(one, owner, app);
    assert.equal(await statusOn(two, access_token), 200);
    await revoke(access_token);
    await refusedOn(two, access_token);
  });

  it('a customer who is banned on the first is kept out of the second, and let in again', async () => {
    const { licenseId } = acme;
    const { id: customerId } = await one.server.services.chats.createCustomer({ licenseId });
    const out = () =>
      two.server.services.customers.door.check(licenseId, { customerId, ip: null }).then(
        () => false,
        () => true,
      );
    assert.equal(await out(), false);
    const { bans } = one.server.services.customers;
    const editor = { ...manager(), agentId: owner.email };
    await bans.ban(editor, customerId, 1);
    await until('the ban is followed', out);
    await bans.unban(editor, { customerId });
    await until('its end is followed', async () => !(await out()));
  });

  it('a token that gives way to a newer one on the first is refused by the second', async () => {
    const first = await tokensFor(one, owner, app);
    assert.equal(await statusOn(two, first.access_token), 200);
    for (let count = 0; count < 25; count++) await tokensFor(one, owner, app);
    await refusedOn(two, first.access_token);
  });

  it('a change of role and a suspension on the first hold on the second', async () => {
    const agent = await one.person(acme, { account: 'administrator' });
    const { access_token } = await tokensFor(one, agent, app);
    assert.equal(await statusOn(two, access_token), 200);
    const role = async () =>
      (await two.server.services.identity.organizationsOf(agent.accountId))[0]?.membership.accountRole;
    const { changes: people } = one.server.services.people;
    const remembered = async () =>
      (await two.server.composition.storage.read.identity.member(acme.licenseId, agent.accountId))?.membership
        .accountRole;
    assert.equal(await remembered(), 'administrator');
    await people.changeRoles(manager(), agent.accountId, {
      version: await versionOf(agent),
      accountRole: 'member',
    });
    assert.equal(await role(), 'member');
    await until('the role is followed', async () => (await remembered()) === 'member');

    assert.equal(await statusOn(two, access_token), 200);
    await people.suspend(manager(), agent.accountId, await versionOf(agent));
    await refusedOn(two, access_token);
    await people.unsuspend(manager(), agent.accountId, await versionOf(agent));
    await refusedOn(two, access_token, 200);
  });

  it('a client secret that is retired on the first opens nothing on the second', async () => {
    const other = await one.app(owner, acme);
    const inspect = async () => {
      const form = { token: 'nothing', client_id: other.clientId, client_secret: other.clientSecret };
      const answer = await fetch(`${two.url}/oauth2/introspect`, {
        method: 'POST',
        body: new URLSearchParams(form),
      });
      return answer.status;
    };
    assert.equal(await inspect(), 200);
    const { apps } = one.server.services;
    const { id } = other.details.app;
    const [first] = (await apps.get(acme.licenseId, id)).secrets;
    assert.ok(first);
    await apps.addSecret(manager(), id);
    await apps.retireSecret(manager(), id, first.key);
    await until('the secret is refused', async () => (await inspect()) === 401);
  });

  it('a listener that is cut off believes for a second only, comes back, and hears again', async () => {
    const { cluster } = two.server.composition;
    const { access_token } = await tokensFor(one, owner, app);
    assert.equal(await statusOn(two, access_token), 200);
    await terminateListeners(database.url);
    await until('it is noticed', () => !cluster.hearing());
    assert.equal(cluster.maxAge(), 1_000_000);
    await revoke(access_token);
    await refusedOn(two, access_token);

    await until('it is heard again', () => cluster.hearing());
    assert.equal(cluster.maxAge(), 30_000_000);
    const later = await tokensFor(one, owner, app);
    assert.equal(await statusOn(two, later.access_token), 200);
    await revoke(later.access_token);
    await refusedOn(two, later.access_token);
  });

  it('they make row keys in parts of their own', async () => {
    const places = () => [one, two].map(({ server }) => server.composition.cluster.place());
    await until('both have one', () => !places().includes(undefined));
    assert.equal(new Set(places()).size, 2);
  });

  it('wrong logins on the one count on the other', async () => {
    const person = await one.person(acme);
    const attempt = async (world: World): Promise<number> =>
      (await openBrowser(world.url).submit('/signin', { email: person.email, password: 'wrong one' })).status;
    let refused: number | undefined;
    for (let count = 0; count < 40 && refused === undefined; count++)
      if ((await attempt(count % 2 === 0 ? one : two)) === 429) refused = count;
    assert.ok(refused !== undefined, 'wrong logins are limited');
    assert.equal(await attempt(one), 429);
    assert.equal(await attempt(two), 429);
  });

  it('a mail leaves once, whoever sends', async () => {
    const { outbox } = one.server.services.identity;
    const sent: string[] = [];
    const transport = {
      async send({ recipient }: { recipient: string }) {
        sent.push(recipient);
        await wait(1);
      },
    };
    const recipients = Array.from({ length: 8 }, (_, index) => `mail${index}@example.test`);
    const { storage } = one.server.composition;
    for (const recipient of recipients)
      await storage.write((stores) => outbox.add(stores, recipient, { subject: 's', text: 't', html: 'h' }));
    const senders = [one, two, one, two].map(({ server }) => server.services.identity.outbox);
    await Promise.all(senders.map((sender) => sender.deliver(transport)));
    assert.deepEqual(
      sent.filter((recipient) => recipients.includes(recipient)).sort(),
      recipients,
      'each of them, and none twice',
    );
  });
});

/** Ends the listening connections of one schema, which keep a numbered place each. */
async function terminateListeners(url: string): Promise<void> {
  const schema = new URL(url).searchParams.get('schema');
  const client = new pg.Client({ connectionString: url.replace(/[?&]schema=.*/, '') });
  await client.connect();
  const { rowCount } = await client.query(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and objsubid = 2 and classid = hashtext('gatehouse_' || md5($1))::int8 & 4294967295::int8`,
    [schema],
  );
  await client.end();
  assert.ok((rowCount ?? 0) >= 2, 'both had a listener');
}
