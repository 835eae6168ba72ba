import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days, seconds } from '../server/kernel/clock.ts';
import { eachEngine } from './support/databases.ts';
import { openVisitor, type Visitor } from './support/visitor.ts';
import {
  type Organization,
  openWorld,
  type Person,
  REDIRECT,
  type RegisteredApp,
  type World,
} from './support/world.ts';

const TOKEN = '/v2/customer/token';
const PAGE = 'https://www.example.com';
const CALLBACKS = [REDIRECT, 'https://shop.example.org:8443/', 'com.example.app:/callback'];

eachEngine((engine) => {
  describe('customers by cookie', () => {
    let world: World;
    let acme: Organization;
    let other: Organization;
    let owner: Person;
    let app: RegisteredApp;
    let otherApp: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      other = await world.organization('Other');
      owner = await world.person(acme);
      const stranger = await world.person(other);
      app = await world.app(owner, acme, { type: 'javascript_app', redirectUris: CALLBACKS });
      otherApp = await world.app(stranger, other, {
        type: 'javascript_app',
        redirectUris: ['https://other.example/'],
      });
      await world.server.composition.storage.write(({ identity }) =>
        identity.addGroup(acme.licenseId, { id: 3, name: 'Sales' }, world.server.clock.now()),
      );
    });
    after(() => world.close());

    const form = (more: Record<string, unknown> = {}) => ({
      grant_type: 'cookie',
      response_type: 'token',
      client_id: app.clientId,
      organization_id: acme.id,
      ...more,
    });
    const otherForm = () => form({ client_id: otherApp.clientId, organization_id: other.id });
    const visitor = (origin: string | undefined = PAGE, cookies?: Iterable<[string, string]>) =>
      openVisitor(world, origin, cookies);
    const info = async (token: string) =>
      (await fetch(`${world.url}/v2/customer/info`, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    const listChats = (token: string, organization = acme) =>
      world.call(
        `/v3.6/customer/action/list_chats?organization_id=${organization.id}`,
        {},
        `Bearer ${token}`,
      );
    /** A token, or the test fails. */
    async function token(by: Visitor, body: unknown = form(), path = TOKEN) {
      const answer = await by.post(path, body);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body as { access_token: string; entity_id: string };
    }
    const later = (by: number) => world.server.clock.advance(by);

    describe('the grant', () => {
      it('makes a customer, and answers as LiveChat documents it', async () => {
        const browser = visitor();
        const answer = await browser.post(TOKEN, form());
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        const { access_token, entity_id, ...rest } = answer.body;
        assert.match(access_token, /^dal:u[A-Za-z0-9_-]{43}$/);
        assert.match(entity_id, /^[0-9a-f-]{36}$/);
        assert.deepEqual(rest, {
          client_id: app.clientId,
          expires_in: 28_800,
          organization_id: acme.id,
          token_type: 'Bearer',
        });
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        assert.equal((await listChats(access_token)).status, 200);
      });

      it('sets both cookies as documented', async () => {
        const browser = visitor();
        const { entity_id } = await token(browser);
        assert.equal(browser.received.length, 2);
        for (const [index, name] of ['__lc_cid', '__lc_cst'].entries()) {
          const [pair = '', ...attributes] = (browser.received[index] ?? '').split('; ');
          assert.ok(pair.startsWith(`${name}=`));
          const expires = attributes.find((text) => text.startsWith('Expires='))?.slice(8) ?? '';
          const ahead = Date.parse(expires) * 1000 - world.server.clock.now();
          assert.ok(Math.abs(ahead - days(730)) < seconds(60), expires);
          assert.deepEqual(attributes.filter((text) => !text.startsWith('Expires=')).sort(), [
            'HttpOnly',
            'Max-Age=63072000',
            'Path=/v2/customer',
            'SameSite=None',
            'Secure',
          ]);
        }
        assert.equal(browser.cookies.get('__lc_cid'), entity_id);
      });

      it('keeps nothing of the secret that could be read', async () => {
        const browser = visitor();
        await token(browser);
        const rows = await world.server.composition.database.read.query((db) =>
          db.selectFrom('customer_browsers').selectAll(),
        );
        const stored = JSON.stringify(
          rows.map((row) => ({ ...row, secret_hash: Buffer.from(row.secret_hash) })),
        );
        const secret = browser.cookies.get('__lc_cst') ?? '';
        assert.ok(secret.length > 40 && !stored.includes(secret));
      });

      it('knows a browser again, and gives it another token', async () => {
        const browser = visitor();
        const first = await token(browser);
        const second = await token(browser);
        assert.equal(second.entity_id, first.entity_id);
        assert.notEqual(second.access_token, first.access_token);
      });

      it('takes the license id in the place of the organization id, and a shorter life', async () => {
        const body = { ...form(), organization_id: undefined, license_id: acme.licenseId, expires_in: 120 };
        const answer = await visitor().post(TOKEN, body);
        assert.deepEqual([answer.status, answer.body.expires_in], [200, 120]);
        assert.equal(answer.body.organization_id, acme.id);
      });

      it("takes LiveChat's SDK, which sends the address of its page for redirect_uri", async () => {
        const answer = await visitor().post(TOKEN, form({ redirect_uri: `${PAGE}/products/1%2F2` }));
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
      });

      it('takes a program without Origin that names a registered redirect URI', async () => {
        const program = openVisitor(world, undefined);
        for (const redirect_uri of [...CALLBACKS, PAGE]) {
          const answer = await program.post(TOKEN, form({ redirect_uri }));
          assert.equal(answer.status, 200, JSON.stringify(answer.body));
          assert.equal(answer.headers.get('access-control-allow-origin'), null);
        }
      });

      it('serves a public app in an organization that installed it, and in no other', async () => {
        const shared = await world.app(owner, acme, { visibility: 'public' });
        const body = form({ client_id: shared.clientId, organization_id: other.id });
        assert.equal((await visitor().post(TOKEN, body)).status, 404);
        await world.server.composition.storage.write(({ apps }) =>
          apps.install({
            appId: shared.details.app.id,
            licenseId: other.licenseId,
            installedBy: owner.accountId,
            installedAt: world.server.clock.now(),
          }),
        );
        const answer = await visitor().post(TOKEN, body);
        assert.equal(answer.body.organization_id, other.id);
      });
    });

    describe('the secret', () => {
      it('is another one after a use, and the old one is worth nothing once the new one was seen', async () => {
        const browser = visitor();
        const { entity_id } = await token(browser);
        const old = [...browser.cookies];
        later(seconds(31));
        assert.equal((await token(browser)).entity_id, entity_id);
        assert.notEqual(browser.cookies.get('__lc_cst'), new Map(old).get('__lc_cst'));
        later(seconds(31));
        await token(browser);
        later(seconds(31));
        assert.notEqual((await token(visitor(PAGE, old))).entity_id, entity_id);
      });

      it('that comes again long after it was replaced ends the identity and its tokens', async () => {
        const browser = visitor();
        const first = await token(browser);
        const copy = [...browser.cookies];
        later(seconds(31));
        await token(browser);
        later(seconds(31));
        const last = await token(browser);
        assert.equal((await listChats(last.access_token)).status, 200);
        await token(visitor(PAGE, copy));
        assert.equal((await listChats(last.access_token)).status, 401);
        assert.equal(await info(first.access_token), 401);
        assert.notEqual((await token(browser)).entity_id, first.entity_id);
        const [entry] = await world.server.composition.database.read.query((db) =>
          db.selectFrom('audit_log').selectAll().where('action', '=', 'customer_cookies.revoked'),
        );
        assert.equal(entry?.license_id, acme.licenseId);
      });

      it('is the same successor for fifty tabs at once, which all keep the identity', async () => {
        const browser = visitor();
        const { entity_id } = await token(browser);
        later(seconds(31));
        const tabs = Array.from({ length: 50 }, () => visitor(PAGE, browser.cookies));
        const answers = await Promise.all(tabs.map((tab) => token(tab)));
        assert.ok(answers.every((answer) => answer.entity_id === entity_id));
        assert.equal(new Set(tabs.map((tab) => tab.cookies.get('__lc_cst'))).size, 1);
        assert.equal((await token(tabs[7] as Visitor)).entity_id, entity_id);
      });

      it('is given once more to a browser that never received its successor', async () => {
        const browser = visitor();
        const { entity_id } = await token(browser);
        later(seconds(31));
        await token(visitor(PAGE, browser.cookies));
        later(days(100));
        assert.equal((await token(browser)).entity_id, entity_id);
        later(seconds(31));
        assert.equal((await token(browser)).entity_id, entity_id);
      });

      it('lives two years from its last use', async () => {
        const browser = visitor();
        const { entity_id } = await token(browser);
        for (let visit = 0; visit < 3; visit++) {
          later(days(700));
          assert.equal((await token(browser)).entity_id, entity_id);
        }
        later(days(730));
        assert.notEqual((await token(browser)).entity_id, entity_id);
      });

      it('is purged with its browser when that is long dead', async () => {
        await token(visitor());
        later(days(800));
        const kept = visitor();
        const { entity_id } = await token(kept);
        await world.server.services.grants.purge();
        const left = await world.server.composition.database.read.query((db) =>
          db.selectFrom('browser_customers').select('customer_id'),
        );
        assert.deepEqual(
          left.map((row) => row.customer_id),
          [entity_id],
        );
        assert.equal((await token(kept)).entity_id, entity_id);
      });

      const broken: [string, (id: string, secret: string) => Record<string, string>][] = [
        ['without the secret', (id) => ({ __lc_cid: id })],
        ['without the id', (_, secret) => ({ __lc_cst: secret })],
        ["with another customer's id", (_, secret) => ({ __lc_cid: crypto.randomUUID(), __lc_cst: secret })],
        ['with an id that is none', (_, secret) => ({ __lc_cid: "'--", __lc_cst: secret })],
        ['with a secret that is none', (id) => ({ __lc_cid: id, __lc_cst: 'x'.repeat(44) })],
        ['with an endless secret', (id) => ({ __lc_cid: id, __lc_cst: 'b'.repeat(4000) })],
        ['with a token for a secret', (id) => ({ __lc_cid: id, __lc_cst: 'u'.repeat(44) })],
      ];
      for (const [what, change] of broken)
        it(`${what} makes somebody new, and leaves the other as it was`, async () => {
          const browser = visitor();
          const { entity_id } = await token(browser);
          const [id = '', secret = ''] = [...browser.cookies.values()];
          const stranger = visitor(PAGE, Object.entries(change(id, secret)));
          assert.notEqual((await token(stranger)).entity_id, entity_id);
          assert.notEqual(stranger.cookies.get('__lc_cst'), secret);
          assert.equal((await token(browser)).entity_id, entity_id);
        });
    });

    describe('identities', () => {
      it('of several organizations in one browser stay apart, and none is overwritten', async () => {
        const browser = visitor();
        const elsewhere = openVisitor(world, 'https://other.example', browser.cookies);
        elsewhere.cookies = browser.cookies;
        const here = await token(browser);
        const there = await token(elsewhere, otherForm());
        assert.notEqual(there.entity_id, here.entity_id);
        later(seconds(31));
        assert.equal((await token(browser)).entity_id, here.entity_id);
        assert.equal((await token(elsewhere, otherForm())).entity_id, there.entity_id);
        assert.equal((await listChats(here.access_token, other)).status, 404);
      });

      it('of one organization are the same to all its apps', async () => {
        const second = await world.app(owner, acme);
        const browser = visitor();
        const first = await token(browser);
        const again = await token(browser, form({ client_id: second.clientId }));
        assert.equal(again.entity_id, first.entity_id);
      });

      it('are one a group at the address of a group, with and without a slash at its end', async () => {
        const browser = visitor();
        const whole = await token(browser);
        const path = (group: number) => `/v2/customer/${acme.id}/${group}/token`;
        const general = await token(browser, form(), path(0));
        const sales = await token(browser, { ...form(), organization_id: undefined }, `${path(3)}/`);
        assert.equal(new Set([whole, general, sales].map((answer) => answer.entity_id)).size, 3);
        assert.equal((await token(browser, form(), `${path(0)}/`)).entity_id, general.entity_id);
        assert.equal((await token(browser, form(), path(3))).entity_id, sales.entity_id);
        assert.equal((await token(browser)).entity_id, whole.entity_id);
        assert.equal((await listChats(sales.access_token)).status, 200);
      });

      it('are made once when fifty tabs meet a group together', async () => {
        const browser = visitor();
        await token(browser);
        const tabs = Array.from({ length: 50 }, () => visitor(PAGE, browser.cookies));
        const path = `/v2/customer/${acme.id}/3/token`;
        const answers = await Promise.all(tabs.map((tab) => token(tab, form(), path)));
        assert.equal(new Set(answers.map((answer) => answer.entity_id)).size, 1);
      });

      const bad: [string, () => string, number, string][] = [
        ['a group that is not there', () => `/v2/customer/${acme.id}/9/token`, 404, 'resource_not_found'],
        [
          'a UUID for a group',
          () => `/v2/customer/${acme.id}/${crypto.randomUUID()}/token`,
          422,
          'invalid_request',
        ],
        ['a negative group', () => `/v2/customer/${acme.id}/-1/token`, 422, 'invalid_request'],
        [
          'another organization than the body',
          () => `/v2/customer/${other.id}/0/token`,
          422,
          'invalid_request',
        ],
      ];
      for (const [what, path, status, error] of bad)
        it(`are refused for ${what}`, async () => {
          const answer = await visitor().post(path(), form());
          assert.deepEqual([answer.status, answer.body.oauth_exception], [status, error]);
          assert.deepEqual(answer.headers.getSetCookie(), []);
        });
    });

    describe('pages of other origins', () => {
      const preflight = (origin: string, path = TOKEN) =>
        fetch(world.url + path, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type',
          },
        });
      const crossOrigin = ({ headers }: { headers: Headers }) => [
        headers.get('access-control-allow-origin'),
        headers.get('access-control-allow-credentials'),
      ];

      for (const origin of [PAGE, 'https://shop.example.org:8443'])
        it(`may read the answer when they are registered, as ${origin} is`, async () => {
          const answer = await visitor(origin).post(TOKEN, form());
          assert.equal(answer.status, 200);
          assert.deepEqual(crossOrigin(answer), [origin, 'true']);
          assert.match(answer.headers.get('vary') ?? '', /Origin/);
        });

      it('may read why they are refused when they are registered', async () => {
        const answer = await visitor().post(TOKEN, form({ organization_id: other.id }));
        assert.equal(answer.status, 404);
        assert.deepEqual(crossOrigin(answer), [PAGE, 'true']);
      });

      for (const origin of [
        'https://evil.example',
        'https://www.example.com.evil.example',
        'http://www.example.com',
        'https://www.example.com:444',
        'https://www.example.com/',
        'HTTPS://WWW.EXAMPLE.COM',
        'https://example.com',
        'https://other.example',
        'null',
        '',
      ])
        it(`are refused and cannot read that when their origin is "${origin}"`, async () => {
          const before = visitor();
          await token(before);
          for (const redirect_uri of [undefined, REDIRECT]) {
            const answer = await visitor(origin, before.cookies).post(TOKEN, form({ redirect_uri }));
            assert.equal(answer.status, 403);
            assert.equal(answer.body.error, 'access_denied');
            assert.equal(answer.body.oauth_exception, 'access_denied');
            assert.deepEqual(crossOrigin(answer), [null, null]);
            assert.deepEqual(answer.headers.getSetCookie(), []);
          }
        });

      it('are refused as soon as their redirect URI is gone, and taken as soon as it is there', async () => {
        const changing = await world.app(owner, acme, { redirectUris: ['https://old.example/'] });
        const body = form({ client_id: changing.clientId });
        const tries = async () =>
          Promise.all(
            ['https://old.example', 'https://new.example'].map(async (origin) => [
              (await visitor(origin).post(TOKEN, body)).status,
              crossOrigin(await preflight(origin))[0],
            ]),
          );
        assert.deepEqual(await tries(), [
          [200, 'https://old.example'],
          [403, '*'],
        ]);
        const { client, app: record } = changing.details;
        assert.ok(client);
        await world.server.services.apps.updateAuthorization(
          {
            licenseId: acme.licenseId,
            accountId: owner.accountId,
            actor: { ip: '', userAgent: '', requestId: '' },
          },
          record.id,
          { ...client, version: record.version, redirectUris: ['https://new.example/'] },
        );
        // Where several processes share a database, a list of origins is believed for a second.
        later(seconds(2));
        assert.deepEqual(await tries(), [
          [403, '*'],
          [200, 'https://new.example'],
        ]);
      });

      it('are told before the request: registered ones with cookies, others without', async () => {
        for (const path of [TOKEN, `/v2/customer/${acme.id}/0/token`, `/v2/customer/${acme.id}/0/token/`]) {
          const known = await preflight(PAGE, path);
          assert.equal(known.status, 204);
          assert.deepEqual(crossOrigin(known), [PAGE, 'true']);
          assert.match(known.headers.get('vary') ?? '', /Origin/);
          assert.match(known.headers.get('access-control-allow-methods') ?? '', /POST/);
          assert.match(known.headers.get('access-control-allow-headers') ?? '', /content-type/);
          assert.deepEqual(crossOrigin(await preflight('https://evil.example', path)), ['*', null]);
        }
        for (const path of ['/v2/customer/info', '/v2/customer/identity_transfer'])
          assert.deepEqual(crossOrigin(await preflight(PAGE, path)), ['*', null]);
      });

      it('may use the other grants, wherever they come from', async () => {
        const body = { grant_type: 'identity_token', client_id: app.clientId, code: 'dal:nonsense' };
        for (const origin of [PAGE, 'https://evil.example']) {
          const answer = await visitor(origin).post(TOKEN, body);
          assert.equal(answer.status, 400);
          assert.deepEqual(crossOrigin(answer), ['*', null]);
        }
      });
    });

    describe('bad requests', () => {
      const cases: [string, () => unknown, number, string][] = [
        ['of an unknown app', () => form({ client_id: 'f'.repeat(32) }), 401, 'invalid_client'],
        ['without an app', () => form({ client_id: undefined }), 422, 'invalid_request'],
        ['with an app of the wrong type', () => form({ client_id: 7 }), 422, 'invalid_request'],
        ['without an organization', () => form({ organization_id: undefined }), 422, 'invalid_request'],
        ['with an empty organization', () => form({ organization_id: '' }), 422, 'invalid_request'],
        [
          'with an organization that is a list',
          () => form({ organization_id: [acme.id] }),
          422,
          'invalid_request',
        ],
        ['for another organization', () => form({ organization_id: other.id }), 404, 'resource_not_found'],
        [
          'for an organization that is none',
          () => form({ organization_id: "x'" }),
          404,
          'resource_not_found',
        ],
        ['for a license that is none', () => form({ license_id: 999_999_999 }), 404, 'resource_not_found'],
        ['for a license of another', () => form({ license_id: other.licenseId }), 404, 'resource_not_found'],
        ['with a license of words', () => form({ license_id: 'one' }), 422, 'invalid_request'],
        [
          'with a foreign redirect URI',
          () => form({ redirect_uri: 'https://evil.example/' }),
          422,
          'invalid_request',
        ],
        [
          'with an endless redirect URI',
          () => form({ redirect_uri: `${PAGE}/${'x'.repeat(5000)}` }),
          422,
          'invalid_request',
        ],
        ['for another response type', () => form({ response_type: 'code' }), 422, 'invalid_request'],
        ['of an unknown grant', () => form({ grant_type: 'password' }), 400, 'unsupported_grant_type'],
        [
          'of a grant named __proto__',
          () => form({ grant_type: '__proto__' }),
          400,
          'unsupported_grant_type',
        ],
        ['without a grant', () => form({ grant_type: undefined }), 422, 'invalid_request'],
        ['with a customer', () => form({ entity_id: crypto.randomUUID() }), 422, 'invalid_request'],
        ['with a code', () => form({ code: 'dal:x' }), 422, 'invalid_request'],
        ['with a life too short', () => form({ expires_in: 1 }), 422, 'invalid_request'],
        ['with a life too long', () => form({ expires_in: 28_801 }), 422, 'invalid_request'],
        ['with a broken life', () => form({ expires_in: 100.5 }), 422, 'invalid_request'],
        ['of broken JSON', () => '{"grant_type":', 422, 'invalid_request'],
        ['with a key twice', () => `{"grant_type":"cookie","grant_type":"cookie"}`, 422, 'invalid_request'],
        ['of endless size', () => form({ redirect_uri: 'x'.repeat(70_000) }), 413, 'invalid_request'],
      ];
      for (const [what, body, status, error] of cases)
        it(`${what} are refused in both spellings, and set no cookies`, async () => {
          const answer = await visitor().post(TOKEN, body());
          assert.deepEqual([answer.status, answer.body.error], [status, error]);
          assert.equal(answer.body.oauth_exception, error);
          assert.equal(answer.body.exception_description, answer.body.error_description);
          assert.ok(answer.body.error_description.length > 20);
          assert.deepEqual(answer.headers.getSetCookie(), []);
        });

      const withoutOrigin: [string, Record<string, string>][] = [
        ['no redirect URI', {}],
        ['a redirect URI below a registered one', { redirect_uri: `${REDIRECT}/x` }],
        ['a redirect URI that another begins like', { redirect_uri: `${PAGE}.evil.example` }],
        ['a redirect URI that is none', { redirect_uri: 'javascript:alert(1)' }],
      ];
      for (const [what, more] of withoutOrigin)
        it(`from a program with ${what} are refused`, async () => {
          const answer = await openVisitor(world, undefined).post(TOKEN, form(more));
          assert.deepEqual([answer.status, answer.body.error], [422, 'invalid_request']);
        });

      it('with a parameter twice, or by another method, are refused', async () => {
        const text = new URLSearchParams(form() as Record<string, string>);
        const twice = await fetch(world.url + TOKEN, {
          method: 'POST',
          body: `${text}&client_id=${app.clientId}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded', origin: PAGE },
        });
        assert.equal(twice.status, 422);
        for (const method of ['GET', 'PUT', 'PATCH'])
          assert.equal((await fetch(world.url + TOKEN, { method })).status, 405);
      });

      it('of an app that was deleted are refused, and its tokens are dead', async () => {
        const doomed = await world.app(owner, acme);
        const browser = visitor();
        const body = form({ client_id: doomed.clientId });
        const { access_token } = await token(browser, body);
        assert.equal((await listChats(access_token)).status, 200);
        const actor = { ip: '', userAgent: '', requestId: '' };
        const editor = { licenseId: acme.licenseId, accountId: owner.accountId, actor };
        await world.server.services.apps.delete(editor, doomed.details.app.id, 'List Chats');
        const answer = await browser.post(TOKEN, body);
        assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_client']);
        assert.equal((await listChats(access_token)).status, 401);
      });
    });
  });
});
