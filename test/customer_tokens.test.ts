import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { eachEngine } from './support/databases.ts';
import {
  type Answer,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  type RegisteredApp,
  tokensFor,
  type World,
} from './support/world.ts';

const TOKEN = '/v2/customer/token';
const TRANSFER = '/v2/customer/identity_transfer';
const SCOPE = ['customers:own'];

eachEngine((engine) => {
  describe("customers' tokens", () => {
    let world: World;
    let acme: Organization;
    let other: Organization;
    let owner: Person;
    let stranger: Person;
    let app: RegisteredApp;
    let second: RegisteredApp;
    let agent: string;
    let foreign: { app: RegisteredApp; agent: string; customer: string };

    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      other = await world.organization('Other');
      owner = await world.person(acme);
      stranger = await world.person(other);
      app = await world.app(owner, acme, { scopes: SCOPE });
      second = await world.app(owner, acme, { scopes: SCOPE });
      const foreignApp = await world.app(stranger, other, { scopes: SCOPE });
      foreign = { app: foreignApp, agent: '', customer: '' };
      await world.server.composition.storage.write(({ identity }) =>
        identity.addGroup(acme.licenseId, { id: 3, name: 'Sales' }, world.server.clock.now()),
      );
      await freshAgents();
      const answer = await grant({ client_id: foreignApp.clientId }, foreign.agent);
      foreign.customer = answer.body.entity_id;
    });
    after(() => world.close());

    async function freshAgents(): Promise<void> {
      await owner.browser.logIn(owner.email, PASSWORD);
      await stranger.browser.logIn(stranger.email, PASSWORD);
      agent = (await tokensFor(world, owner, app)).access_token;
      foreign.agent = (await tokensFor(world, stranger, foreign.app)).access_token;
    }
    const grant = (more: Record<string, unknown> = {}, bearer = agent, path = TOKEN) =>
      world.call(
        path,
        { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token', ...more },
        `Bearer ${bearer}`,
      );
    const transfer = (more: Record<string, unknown> = {}, bearer = agent) =>
      world.call(TRANSFER, { bearer_type: 'agent', client_id: app.clientId, ...more }, `Bearer ${bearer}`);
    const exchange = (code: string, more: Record<string, unknown> = {}, path = TOKEN) =>
      world.call(path, { grant_type: 'identity_token', client_id: app.clientId, code, ...more });
    const listChats = (token: string) =>
      world.call(`/v3.6/customer/action/list_chats?organization_id=${acme.id}`, {}, `Bearer ${token}`);
    const groupPath = (group: number, organization = acme) =>
      `/v2/customer/${organization.id}/${group}/token`;

    /** What a good answer says, or the test fails. */
    function good(answer: Answer): {
      access_token: string;
      entity_id: string;
      identity_transfer_token: string;
    } {
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body;
    }
    function refused(answer: Answer, status: number, error: string): void {
      assert.deepEqual([answer.status, answer.body.error], [status, error], JSON.stringify(answer.body));
      assert.equal(answer.body.oauth_exception, error);
      assert.equal(answer.body.exception_description, answer.body.error_description);
      assert.ok(answer.body.error_description.length > 20);
      assert.equal(answer.body.access_token, undefined);
      assert.equal(answer.body.identity_transfer_token, undefined);
    }

    describe('by the token of an agent', () => {
      it('make a customer, and answer as LiveChat documents it', async () => {
        const answer = await grant();
        const { access_token, entity_id, ...rest } = answer.body;
        assert.match(access_token, /^dal:u/);
        assert.match(entity_id, /^[0-9a-f-]{36}$/);
        assert.deepEqual(rest, {
          client_id: app.clientId,
          expires_in: 28_800,
          organization_id: acme.id,
          token_type: 'Bearer',
        });
        assert.deepEqual(answer.headers.getSetCookie(), []);
        assert.equal((await listChats(access_token)).status, 200);
      });

      it('take up a customer that is there, in any spelling of its id', async () => {
        const { entity_id } = good(await grant());
        const again = good(await grant({ entity_id: entity_id.toUpperCase() }));
        assert.equal(again.entity_id, entity_id);
        assert.equal((await listChats(again.access_token)).status, 200);
      });

      it('keep identities apart by group, and hold those of one person together', async () => {
        const { entity_id: person } = good(await grant());
        const inGroup = async (entity: string | undefined, group: number) =>
          good(await grant({ entity_id: entity }, agent, `${groupPath(group)}/`)).entity_id;
        const general = await inGroup(person, 0);
        const sales = await inGroup(person, 3);
        assert.equal(new Set([person, general, sales]).size, 3);
        assert.equal(await inGroup(person, 0), general);
        assert.equal(await inGroup(general, 3), sales);
        assert.equal(await inGroup(sales, 3), sales);
        const newcomer = await inGroup(undefined, 3);
        assert.ok(![person, general, sales].includes(newcomer));
        assert.equal(await inGroup(newcomer, 3), newcomer);
      });

      it('need the scope customers:own', async () => {
        const poor = await world.app(owner, acme);
        const { access_token } = await tokensFor(world, owner, poor);
        const answer = await grant({ client_id: poor.clientId }, access_token);
        refused(answer, 403, 'access_denied');
        assert.equal(answer.body.sub_error, 'insufficient_scope');
      });

      it('are not given for a personal access token', async () => {
        const [membership] = await world.server.composition.storage.read.identity.organizationsOf(
          owner.accountId,
        );
        assert.ok(membership);
        const { secret } = await world.server.services.grants.personal.create(
          membership.membership,
          { name: 'ci', scopes: SCOPE, expiresInDays: 1 },
          { ip: '', userAgent: '', requestId: '' },
        );
        const basic = `Basic ${btoa(`${owner.accountId}:${secret}`)}`;
        const body = { client_id: app.clientId };
        const token = await world.call(TOKEN, { ...body, grant_type: 'agent_token' }, basic);
        refused(token, 400, 'unauthorized_client');
        const { entity_id } = good(await grant());
        const carried = { ...body, bearer_type: 'agent', customer_id: entity_id };
        refused(await world.call(TRANSFER, carried, basic), 400, 'unauthorized_client');
      });

      const cases: [string, () => Record<string, unknown>, number, string][] = [
        ['another app of the organization', () => ({ client_id: second.clientId }), 401, 'invalid_client'],
        ['an unknown app', () => ({ client_id: 'f'.repeat(32) }), 401, 'invalid_client'],
        ['no app', () => ({ client_id: undefined }), 422, 'invalid_request'],
        ['an empty app', () => ({ client_id: '' }), 422, 'invalid_request'],
        ['an unknown customer', () => ({ entity_id: crypto.randomUUID() }), 422, 'invalid_request'],
        [
          'a customer of another organization',
          () => ({ entity_id: foreign.customer }),
          422,
          'invalid_request',
        ],
        ['a customer that is no UUID', () => ({ entity_id: "'; --" }), 422, 'invalid_request'],
        ['a customer that is a list', () => ({ entity_id: ['x'] }), 422, 'invalid_request'],
        ['an endless customer', () => ({ entity_id: 'x'.repeat(5000) }), 422, 'invalid_request'],
        ['another organization', () => ({ organization_id: other.id }), 404, 'resource_not_found'],
        ['another license', () => ({ license_id: other.licenseId }), 404, 'resource_not_found'],
        ['another response type', () => ({ response_type: 'code' }), 422, 'invalid_request'],
        ['a life of nothing', () => ({ expires_in: 0 }), 422, 'invalid_request'],
        ['a life that is negative', () => ({ expires_in: -5 }), 422, 'invalid_request'],
      ];
      for (const [what, more, status, error] of cases)
        it(`are refused for ${what}`, async () => refused(await grant(more()), status, error));

      it('are refused for a group that is not there, and for the group of another organization', async () => {
        refused(await grant({}, agent, groupPath(9)), 404, 'resource_not_found');
        refused(await grant({}, agent, groupPath(0, other)), 404, 'resource_not_found');
      });

      it('are refused without a token, and for the token of a customer', async () => {
        const body = { grant_type: 'agent_token', client_id: app.clientId };
        refused(await world.call(TOKEN, body), 401, 'unauthorized');
        const { access_token } = good(await grant());
        refused(await grant({}, access_token), 401, 'unauthorized');
      });
    });

    describe('that carry an identity', () => {
      let customer: { access_token: string; entity_id: string };
      beforeEach(async () => {
        customer = good(await grant());
      });
      const code = async (more: Record<string, unknown> = {}) =>
        good(await transfer({ customer_id: customer.entity_id, ...more })).identity_transfer_token;

      it('begin with the token of an agent', async () => {
        const answer = await transfer({ customer_id: customer.entity_id });
        const { identity_transfer_token, ...rest } = answer.body;
        assert.match(identity_transfer_token, /^dal:t[A-Za-z0-9_-]{43}$/);
        assert.deepEqual(rest, { expires_in: 3_600 });
        assert.equal(answer.headers.get('cache-control'), 'no-store');
      });

      for (const grant_type of ['identity_token', 'identity_transfer'])
        it(`begin with the token of the customer, and end in another (${grant_type})`, async () => {
          const begun = await transfer({ bearer_type: 'customer' }, customer.access_token);
          const { identity_transfer_token } = good(begun);
          const answer = await exchange(identity_transfer_token, { grant_type });
          const { access_token, ...rest } = answer.body;
          assert.deepEqual(rest, {
            client_id: app.clientId,
            entity_id: customer.entity_id,
            expires_in: 28_800,
            organization_id: acme.id,
            token_type: 'Bearer',
          });
          assert.notEqual(access_token, customer.access_token);
          assert.equal((await listChats(access_token)).status, 200);
          assert.deepEqual(answer.headers.getSetCookie(), []);
        });

      it('are given to exactly one of fifty at once, and die with the replay', async () => {
        for (let round = 0; round < 3; round++) {
          const text = await code();
          const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(text)));
          const won = answers.filter((answer) => answer.status === 200);
          assert.equal(won.length, 1);
          assert.ok(answers.every(({ status, body }) => status === 200 || body.error === 'invalid_grant'));
          assert.equal((await listChats(won[0]?.body.access_token)).status, 401);
          assert.equal((await listChats(customer.access_token)).status, 200);
        }
      });

      it('live an hour', async () => {
        const [early, late] = [await code(), await code()];
        world.server.clock.advance(seconds(3_590));
        good(await exchange(early));
        world.server.clock.advance(seconds(20));
        refused(await exchange(late), 400, 'invalid_grant');
        await freshAgents();
      });

      it('go to the identity of a group at the address of a group', async () => {
        const { entity_id } = good(await exchange(await code(), {}, groupPath(3)));
        const same = good(await grant({ entity_id: customer.entity_id }, agent, groupPath(3)));
        assert.equal(entity_id, same.entity_id);
        const text = await code();
        refused(await exchange(text, {}, groupPath(9)), 404, 'resource_not_found');
        refused(await exchange(text, {}, groupPath(0, other)), 404, 'resource_not_found');
        refused(await exchange(text, { organization_id: other.id }), 404, 'resource_not_found');
        good(await exchange(text, { organization_id: acme.id, expires_in: '600' }));
      });

      const verifier = randomBytes(32).toString('base64url');
      const s256 = createHash('sha256').update(verifier).digest('base64url');
      const methods: [string, Record<string, string>][] = [
        ['S256', { code_challenge: s256, code_challenge_method: 'S256' }],
        ['s256 as LiveChat spells it', { code_challenge: s256, code_challenge_method: 's256' }],
        ['plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
        ['no method, which is plain', { code_challenge: verifier }],
        ["no method, as in LiveChat's example", { code_challenge: s256 }],
      ];
      for (const [what, challenge] of methods)
        it(`need the verifier where there is a challenge: ${what}`, async () => {
          const text = await code(challenge);
          refused(await exchange(text), 400, 'invalid_grant');
          refused(await exchange(text, { code_verifier: 'x'.repeat(43) }), 400, 'invalid_grant');
          good(await exchange(text, { code_verifier: verifier }));
        });

      it('do not take the challenge for a verifier where the method is S256', async () => {
        const text = await code({ code_challenge: s256, code_challenge_method: 'S256' });
        refused(await exchange(text, { code_verifier: s256 }), 400, 'invalid_grant');
      });

      it('need a challenge by S256 in a strict app', async () => {
        const strict = await world.app(owner, acme, { scopes: SCOPE, profile: 'strict' });
        const challenge = { code_challenge: s256, code_challenge_method: 'S256' };
        const page = await owner.browser.get(
          `/?${new URLSearchParams({ response_type: 'code', client_id: strict.clientId, redirect_uri: 'https://www.example.com/callback', scope: 'customers:own', ...challenge })}`,
        );
        const exchanged = await world.token({
          grant_type: 'authorization_code',
          code: new URL(page.location ?? '').searchParams.get('code') ?? '',
          client_id: strict.clientId,
          client_secret: strict.clientSecret,
          redirect_uri: 'https://www.example.com/callback',
          code_verifier: verifier,
        });
        const { access_token } = good(exchanged);
        const body = { client_id: strict.clientId, customer_id: customer.entity_id };
        refused(await transfer(body, access_token), 422, 'invalid_request');
        refused(await transfer({ ...body, code_challenge: verifier }, access_token), 422, 'invalid_request');
        good(await transfer({ ...body, ...challenge }, access_token));
      });

      const beginnings: [string, () => Record<string, unknown>, number, string][] = [
        ['no bearer type', () => ({ bearer_type: undefined }), 422, 'invalid_request'],
        ['an unknown bearer type', () => ({ bearer_type: 'bot' }), 422, 'invalid_request'],
        ['the wrong bearer type', () => ({ bearer_type: 'customer' }), 401, 'unauthorized'],
        ['no customer', () => ({ customer_id: undefined }), 422, 'invalid_request'],
        ['an unknown customer', () => ({ customer_id: crypto.randomUUID() }), 422, 'invalid_request'],
        [
          'a customer of another organization',
          () => ({ customer_id: foreign.customer }),
          422,
          'invalid_request',
        ],
        ['a customer that is an object', () => ({ customer_id: {} }), 422, 'invalid_request'],
        ['another app', () => ({ client_id: second.clientId }), 401, 'invalid_client'],
        ['a foreign app', () => ({ client_id: foreign.app.clientId }), 401, 'invalid_client'],
        ['an unknown app', () => ({ client_id: 'f'.repeat(32) }), 401, 'invalid_client'],
        ['a short challenge', () => ({ code_challenge: 'x' }), 422, 'invalid_request'],
        [
          'an unknown method',
          () => ({ code_challenge: s256, code_challenge_method: 'S512' }),
          422,
          'invalid_request',
        ],
        ['a method alone', () => ({ code_challenge_method: 'S256' }), 422, 'invalid_request'],
      ];
      for (const [what, more, status, error] of beginnings)
        it(`do not begin with ${what}`, async () =>
          refused(await transfer({ customer_id: customer.entity_id, ...more() }), status, error));

      it('do not begin with the identity of another customer', async () => {
        const { entity_id } = good(await grant());
        const body = { bearer_type: 'customer', customer_id: entity_id };
        refused(await transfer(body, customer.access_token), 422, 'invalid_request');
        good(await transfer({ ...body, customer_id: customer.entity_id }, customer.access_token));
      });

      it('do not begin without the scope, without a token, or with a customer called an agent', async () => {
        const poor = await world.app(owner, acme);
        const { access_token } = await tokensFor(world, owner, poor);
        const body = { client_id: poor.clientId, customer_id: customer.entity_id };
        refused(await transfer(body, access_token), 403, 'access_denied');
        refused(await world.call(TRANSFER, { ...body, bearer_type: 'agent' }), 401, 'unauthorized');
        const misnamed = await transfer({ customer_id: customer.entity_id }, customer.access_token);
        refused(misnamed, 401, 'unauthorized');
        assert.match(misnamed.body.error_description, /"bearer_type": "customer"/);
      });

      const endings: [string, (text: string) => Promise<Answer>, number, string][] = [
        ['another app', (text) => exchange(text, { client_id: second.clientId }), 400, 'invalid_grant'],
        [
          'a foreign app',
          (text) => exchange(text, { client_id: foreign.app.clientId }),
          400,
          'invalid_grant',
        ],
        ['an unknown app', (text) => exchange(text, { client_id: 'f'.repeat(32) }), 401, 'invalid_client'],
        [
          'a verifier nobody announced',
          (text) => exchange(text, { code_verifier: 'x'.repeat(43) }),
          400,
          'invalid_grant',
        ],
        ['%3A in the code', (text) => exchange(text.replace(':', '%3A')), 400, 'invalid_grant'],
        ['a code cut short', (text) => exchange(text.slice(0, -1)), 400, 'invalid_grant'],
        ['a code that is a list', (text) => exchange(text, { code: [text] }), 422, 'invalid_request'],
        ['an endless code', (text) => exchange(text.repeat(200)), 422, 'invalid_request'],
        ['an empty code', () => exchange(''), 422, 'invalid_request'],
        [
          'a code in the address',
          (text) => exchange('', {}, `${TOKEN}?code=${text}`),
          422,
          'invalid_request',
        ],
        ["an agent's token for a code", () => exchange(agent), 400, 'invalid_grant'],
        ["a customer's token for a code", () => exchange(customer.access_token), 400, 'invalid_grant'],
        [
          'a customer beside the code',
          (text) => exchange(text, { entity_id: customer.entity_id }),
          422,
          'invalid_request',
        ],
        ['a life too long', (text) => exchange(text, { expires_in: 90_000 }), 422, 'invalid_request'],
      ];
      for (const [what, attempt, status, error] of endings)
        it(`do not end with ${what}, which uses nothing up`, async () => {
          const text = await code();
          refused(await attempt(text), status, error);
          good(await exchange(text));
        });

      it('do not end after the app was deleted', async () => {
        const doomed = await world.app(owner, acme, { scopes: SCOPE });
        const { access_token } = await tokensFor(world, owner, doomed);
        const body = { client_id: doomed.clientId, customer_id: customer.entity_id };
        const { identity_transfer_token: text } = good(await transfer(body, access_token));
        const editor = {
          licenseId: acme.licenseId,
          accountId: owner.accountId,
          actor: { ip: '', userAgent: '', requestId: '' },
        };
        await world.server.services.apps.delete(editor, doomed.details.app.id, 'List Chats');
        refused(await exchange(text, { client_id: doomed.clientId }), 401, 'invalid_client');
      });

      it('leave a trace in the audit log, when they begin and when they are replayed', async () => {
        const text = await code();
        good(await exchange(text));
        refused(await exchange(text), 400, 'invalid_grant');
        const entries = await world.server.composition.database.read.query((db) =>
          db
            .selectFrom('audit_log')
            .select(['action', 'detail', 'account_id'])
            .where('action', 'like', 'identity_transfer.%')
            .where('detail', 'like', `%${customer.entity_id}%`)
            .orderBy('entry_key'),
        );
        assert.deepEqual(
          entries.map((entry) => [entry.action, entry.account_id]),
          [
            ['identity_transfer.created', owner.accountId],
            ['identity_transfer.replayed', null],
          ],
        );
        assert.ok(!JSON.stringify(entries).includes(text));
      });
    });

    describe('asked about and taken back', () => {
      const info = (token: string) =>
        fetch(`${world.url}/v2/customer/info`, { headers: { authorization: `Bearer ${token}` } });
      const remove = (token: string) =>
        fetch(`${world.url}${TOKEN}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });

      it('are described by /v2/customer/info, by header and by the parameter `code`', async () => {
        const issued = good(await grant({ expires_in: 600 }));
        const body = (await (await info(issued.access_token)).json()) as Record<string, unknown>;
        assert.ok(Number(body.expires_in) <= 600 && Number(body.expires_in) > 500);
        assert.deepEqual({ ...body, expires_in: 0 }, { ...issued, expires_in: 0 });
        const query = new URLSearchParams({ code: issued.access_token });
        assert.equal((await fetch(`${world.url}/v2/customer/info?${query}`)).status, 200);
      });

      it('are dead at once when they are revoked, and when they expire', async () => {
        const issued = good(await grant({ expires_in: 60 }));
        const again = good(await grant({ entity_id: issued.entity_id })).access_token;
        assert.equal((await listChats(again)).status, 200);
        const removed = await remove(again);
        assert.deepEqual([removed.status, await removed.json()], [200, {}]);
        assert.equal((await listChats(again)).status, 401);
        assert.equal((await remove(again)).status, 401);
        assert.equal((await listChats(issued.access_token)).status, 200);
        world.server.clock.advance(seconds(61));
        assert.equal((await listChats(issued.access_token)).status, 401);
        assert.equal((await info(issued.access_token)).status, 401);
      });

      it('are not told for the tokens of others', async () => {
        for (const token of [agent, 'dal:nonsense', '']) {
          assert.equal((await info(token)).status, 401);
          assert.equal((await remove(token)).status, 401);
        }
        assert.equal((await grant()).status, 200, "the agent's token lives");
      });
    });
  });
});
