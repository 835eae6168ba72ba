import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { InspectedToken } from '../server/apis/console/token_schemas.ts';
import { days, seconds } from '../server/kernel/clock.ts';
import { type ConsoleCalls, consoleOf } from './support/console_calls.ts';
import { eachEngine } from './support/databases.ts';
import {
  codeFor,
  exchangeForm,
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  refreshForm,
  tokensFor,
  type World,
} from './support/world.ts';

const LIST = '/v3.6/agent/action/list_chats';

eachEngine((engine) => {
  describe('the token debugger', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    let rotating: RegisteredApp;
    let console: ConsoleCalls;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      owner = await world.person(acme);
      app = await world.app(owner, acme, { scopes: ['chats--all:ro', 'customers:own'] });
      rotating = await world.app(owner, acme, { switches: { rotateRefreshTokens: true } });
      console = consoleOf(world.url, owner);
    });
    after(() => world.close());

    async function inspect(pasted: string, as: ConsoleCalls = console): Promise<InspectedToken> {
      const { status, body } = await as('POST', '/token_inspections', { pasted });
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    }
    async function factsOf(pasted: string): Promise<NonNullable<InspectedToken['token']>> {
      const { token } = await inspect(pasted);
      assert.ok(token);
      return token;
    }
    const works = async (token: string) => (await world.call(LIST, {}, `Bearer ${token}`)).status === 200;
    const lives = async (pasted: string) =>
      (await factsOf(pasted)).family?.nodes.map(({ kind, life }) => `${kind} ${life.state}`);
    const revoke = (id: string | null | undefined) => console('POST', '/token_revocations', { id });

    it('tells of an access token whose it is, what it may, and from where it came', async () => {
      const { access_token } = await tokensFor(world, owner, app);
      const { kind, found, token } = await inspect(`Authorization: Bearer ${access_token}`);
      assert.deepEqual([kind, found], ['access', 'yours']);
      assert.equal(token?.app?.client_id, app.clientId);
      assert.equal(token.app.id, app.details.app.id);
      assert.equal(token.account?.email, owner.email);
      assert.equal(token.organization.id, acme.id);
      assert.equal(token.life.state, 'alive');
      assert.deepEqual(
        token.scopes.map(({ scope, effective }) => [scope, effective]),
        [
          ['chats--all:ro', true],
          ['customers:own', true],
        ],
      );
      assert.ok(token.opens.find(({ api }) => api === 'agent')?.methods.includes('list_chats'));
      assert.equal(
        token.opens.find(({ api }) => api === 'customer'),
        undefined,
      );
      const [code, refresh, access] = token.family?.nodes ?? [];
      assert.deepEqual([code?.kind, code?.life.state, code?.parent], ['code', 'used', null]);
      assert.deepEqual([refresh?.kind, refresh?.life.state, refresh?.parent], ['refresh', 'alive', code?.id]);
      assert.deepEqual([access?.kind, access?.presented, access?.parent], ['access', true, refresh?.id]);
      assert.equal(token.family?.nodes.length, 3);
    });

    it('knows every kind, and every spelling in which it is met', async () => {
      const code = await codeFor(owner, app);
      const { access_token, refresh_token } = await tokensFor(world, owner, app);
      const customer = await world.call(
        '/v2/customer/token',
        { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' },
        `Bearer ${access_token}`,
      );
      const personal = await console('POST', '/personal_access_tokens', {
        name: 'CI',
        scopes: ['chats--all:ro'],
      });
      const { secret } = personal.body;
      for (const [pasted, kind, ...notes] of [
        [code.replace(':', '%3A'), 'code', 'percent_encoded'],
        [
          `https://app.test/cb?code=${encodeURIComponent(code)}&state=1`,
          'code',
          'from_address',
          'percent_encoded',
        ],
        [access_token.slice(4), 'access', 'region_missing'],
        [refresh_token, 'refresh'],
        [customer.body.access_token, 'customer'],
        [secret, 'personal'],
        [`Basic ${btoa(`${owner.accountId}:${secret}`)}`, 'personal', 'basic'],
        [`${owner.accountId}:${secret}`, 'personal', 'pair'],
      ] as string[][]) {
        const answer = await inspect(pasted ?? '');
        assert.deepEqual([answer.kind, answer.found, ...answer.notes], [kind, 'yours', ...notes]);
        assert.equal(answer.token?.life.state, 'alive');
      }
      const ofCustomer = await factsOf(customer.body.access_token);
      assert.deepEqual(
        ofCustomer.opens.map(({ api }) => api),
        ['customer'],
      );
      assert.ok(ofCustomer.customer?.id);
      assert.equal((await factsOf(secret)).name, 'CI');
      const jwt = await inspect('eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln');
      assert.deepEqual([jwt.kind, jwt.found], ['jwt', 'unknown']);
      for (const nothing of [
        '',
        'hello',
        `${access_token.slice(0, -1)}${access_token.endsWith('A') ? 'B' : 'A'}`,
      ])
        assert.equal((await inspect(nothing)).found, 'unknown');
    });

    it('says of another organization no more than that the token is not yours', async () => {
      const { access_token } = await tokensFor(world, owner, app);
      const other = await world.organization('Other');
      const stranger = consoleOf(world.url, await world.person(other));
      assert.deepEqual(await inspect(access_token, stranger), {
        kind: 'access',
        found: 'not_yours',
        notes: [],
        token: null,
      });
      const { id } = await factsOf(access_token);
      assert.equal((await stranger('POST', '/token_revocations', { id })).status, 404);
      assert.ok(await works(access_token));
    });

    it('draws a family that was rotated, and says what became of each token', async () => {
      const first = await tokensFor(world, owner, rotating);
      const second = (await world.token(refreshForm(rotating, first.refresh_token))).body;
      const third = (await world.token(refreshForm(rotating, second.refresh_token))).body;
      const expected = ['code used', 'refresh rotated', 'refresh rotated', 'refresh alive'];
      expected.push('access alive', 'access alive', 'access alive');
      for (const pasted of [first.refresh_token, first.access_token])
        assert.deepEqual(await lives(pasted), expected);
      const { family } = await factsOf(third.access_token);
      const [, ...refreshes] = family?.nodes.filter(({ kind }) => kind !== 'access') ?? [];
      assert.deepEqual(
        refreshes.map(({ parent }) => parent),
        [family?.nodes[0]?.id, refreshes[0]?.id, refreshes[1]?.id],
      );
    });

    it('says that a replayed code killed its family', async () => {
      const code = await codeFor(owner, app);
      const { access_token } = (await world.token(exchangeForm(app, code))).body;
      await world.token(exchangeForm(app, code));
      const { life } = await factsOf(access_token);
      assert.deepEqual([life.state, life.reason], ['revoked', 'code_replayed']);
    });

    it('revokes from any node what came of it, and nothing beside', async () => {
      const first = await tokensFor(world, owner, rotating);
      const second = (await world.token(refreshForm(rotating, first.refresh_token))).body;
      const tokens = [first.access_token, second.access_token];
      const alive = () => Promise.all(tokens.map(works));
      assert.deepEqual(await alive(), [true, true]);

      assert.equal((await revoke((await factsOf(first.access_token)).id)).status, 200);
      assert.deepEqual(await alive(), [false, true]);
      assert.equal((await world.token(refreshForm(rotating, second.refresh_token))).status, 200);
      assert.equal((await revoke((await factsOf(second.refresh_token)).id)).status, 200);
      assert.deepEqual(await alive(), [false, false]);
      assert.deepEqual(await lives(second.refresh_token), [
        'code used',
        'refresh rotated',
        'refresh revoked',
        'refresh revoked',
        'access revoked',
        'access revoked',
        'access revoked',
      ]);

      const whole = await tokensFor(world, owner, app);
      const root = (await factsOf(whole.access_token)).family?.nodes[0]?.id;
      assert.equal((await revoke(root)).status, 200);
      assert.equal(await works(whole.access_token), false);
      assert.equal((await factsOf(whole.refresh_token)).life.reason, 'revoked_in_console');
      assert.equal((await revoke(root)).status, 404);
      assert.equal((await revoke('access_nothing')).status, 404);
      const log = await console('GET', '/organization/audit_log?action=refresh_token.revoked');
      assert.equal(log.body.entries[0].detail.reason, 'revoked_in_console');
    });

    it('says of whole tokens of somebody suspended why they do not work', async () => {
      const member = await world.person(acme, { account: 'administrator' });
      const { access_token } = await tokensFor(world, member, app);
      await world.changeMembership(member, { suspended_at: world.server.clock.now() });
      assert.equal((await factsOf(access_token)).life.state, 'holder_suspended');
    });

    it('names what gave way to newer tokens, and what time ended', async () => {
      const { access_token, refresh_token } = await tokensFor(world, owner, app);
      for (let round = 0; round < 26; round++) await world.token(refreshForm(app, refresh_token));
      assert.equal((await factsOf(access_token)).life.state, 'evicted');
      const code = await codeFor(owner, app);
      const late = await tokensFor(world, owner, app);
      world.server.clock.advance(seconds(28_801));
      assert.equal((await factsOf(code)).life.state, 'expired');
      assert.equal((await factsOf(late.access_token)).life.state, 'expired');
      world.server.clock.advance(days(31));
      // The session has ended meanwhile; somebody new looks.
      console = consoleOf(world.url, await world.person(acme));
      assert.equal((await factsOf(late.refresh_token)).life.state, 'idle');
    });
  });
});
