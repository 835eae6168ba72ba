import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../../server/kernel/clock.ts';
import { hiddenFields, type PageAnswer } from '../support/browser_session.ts';
import { eachEngine } from '../support/databases.ts';
import {
  type Answer,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { basic, byForm, opens, post, refreshOf } from './support.ts';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';

interface Started {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
}

eachEngine((engine) => {
  describe('a device (RFC 8628)', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    let webApp: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization('Acme');
      owner = await world.person(acme);
      app = await world.app(owner, acme, { optional: ['customers:own'] });
      webApp = await world.app(owner, acme, { type: 'javascript_app', optional: ['customers:own'] });
    });
    after(() => world.close());

    const start = async (of: RegisteredApp, more: Record<string, string> = {}): Promise<Started> => {
      const answer = await post(world, '/oauth2/device_authorization', { ...byForm(of), ...more });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body;
    };
    const poll = (of: RegisteredApp, device: Started, more: Record<string, string> = {}): Promise<Answer> =>
      post(world, '/oauth2/token', {
        grant_type: GRANT_TYPE,
        device_code: device.device_code,
        ...byForm(of),
        ...more,
      });
    const told = async (of: RegisteredApp, device: Started) => {
      const { status, body } = await poll(of, device);
      assert.equal(status, 400, JSON.stringify(body));
      return body.error;
    };
    /** Types the code and answers the question. */
    const decide = async (person: Person, device: Started, decision: 'allow' | 'cancel') => {
      const page = await person.browser.submit('/device', { user_code: device.user_code });
      assert.match(page.text, /on your device\?/, page.text.slice(0, 2000));
      return person.browser.post('/device', { ...hiddenFields(page.text), decision });
    };
    /** A clock that moves past what an attempt counter remembers. */
    const forgetAttempts = () => world.server.clock.advance(seconds(601));

    it('gets a code to show, an address and how long to wait', async () => {
      const answer = await post(world, '/oauth2/device_authorization', {}, basic(app));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const { device_code, user_code, ...rest } = answer.body;
      assert.match(device_code, /^d[A-Za-z0-9_-]{43}$/);
      assert.match(user_code, /^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/);
      assert.deepEqual(rest, {
        verification_uri: `${world.url}/device`,
        verification_uri_complete: `${world.url}/device?user_code=${user_code}`,
        expires_in: 600,
        interval: 5,
      });
    });

    it('waits, is allowed by a person, and gets tokens that can be refreshed', async () => {
      const device = await start(webApp, { scope: 'chats--all:ro' });
      assert.equal(await told(webApp, device), 'authorization_pending');
      const done = await decide(owner, device, 'allow');
      assert.match(done.text, /Your device is connected/);
      const answer = await poll(webApp, device);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      assert.equal(answer.body.scope, 'chats--all:ro');
      assert.equal(await opens(world, answer.body.access_token), 200);
      const refreshed = await post(world, '/oauth2/token', refreshOf(webApp, answer.body.refresh_token));
      assert.equal(refreshed.status, 200);
    });

    it('may be any app with a secret too, and gets all scopes where none is named', async () => {
      const device = await start(app);
      await decide(owner, device, 'allow');
      const answer = await poll(app, device);
      assert.equal(answer.body.scope, 'chats--all:ro customers:own');
    });

    it('may name the API that it needs', async () => {
      const configuration = `${world.url}/v3.6/configuration`;
      const device = await start(app, { resource: configuration });
      await decide(owner, device, 'allow');
      const { body } = await poll(app, device);
      const look = await post(world, '/oauth2/introspect', { token: body.access_token }, basic(app));
      assert.equal(look.body.aud, configuration);
      assert.equal(await opens(world, body.access_token), 401);
    });

    it('is told that it was refused', async () => {
      const device = await start(app);
      const page = await decide(owner, device, 'cancel');
      assert.match(page.text, /was not connected/);
      assert.equal(await told(app, device), 'access_denied');
      assert.equal(await told(app, device), 'access_denied');
    });

    it('is told to slow down when it hurries, longer each time', async () => {
      forgetAttempts();
      const device = await start(app);
      assert.equal(await told(app, device), 'authorization_pending');
      assert.equal(await told(app, device), 'slow_down');
      world.server.clock.advance(seconds(5));
      assert.equal(await told(app, device), 'slow_down', 'ten seconds by now');
      world.server.clock.advance(seconds(15));
      assert.equal(await told(app, device), 'authorization_pending');
      await decide(owner, device, 'allow');
      assert.equal((await poll(app, device)).status, 200, 'whoever was allowed waits no longer');
    });

    it('is told that its code is too old, allowed or not', async () => {
      const [waiting, allowed] = [await start(app), await start(app)];
      await decide(owner, allowed, 'allow');
      world.server.clock.advance(seconds(601));
      assert.equal(await told(app, waiting), 'expired_token');
      assert.equal(await told(app, allowed), 'expired_token');
      const page = await owner.browser.submit('/device', { user_code: waiting.user_code });
      assert.match(page.text, /No device waits under this code/);
    });

    it('gets tokens once, of fifty at once too, and they die with the replay', async () => {
      for (let round = 0; round < 2; round++) {
        const device = await start(app);
        await decide(owner, device, 'allow');
        const answers = await Promise.all(Array.from({ length: 50 }, () => poll(app, device)));
        const won = answers.filter(({ status }) => status === 200);
        assert.equal(won.length, 1);
        assert.ok(answers.every(({ status, body }) => status === 200 || body.error === 'invalid_grant'));
        assert.equal(await opens(world, won[0]?.body.access_token), 401);
      }
    });

    it('gets nothing for a code that is wrong or another client’s, which stays good', async () => {
      forgetAttempts();
      const device = await start(app);
      await decide(owner, device, 'allow');
      assert.equal(await told(webApp, device), 'invalid_grant');
      const wrong = { ...device, device_code: `${device.device_code.slice(0, -2)}AA` };
      assert.equal(await told(app, wrong), 'invalid_grant');
      assert.equal(await told(app, { ...device, device_code: 'x' }), 'invalid_grant');
      assert.equal((await poll(app, { ...device, device_code: '' })).body.error, 'invalid_request');
      const unproved = await post(world, '/oauth2/token', {
        grant_type: GRANT_TYPE,
        device_code: device.device_code,
        client_id: app.clientId,
      });
      assert.equal(unproved.body.error, 'invalid_client');
      assert.equal((await poll(app, device)).status, 200);
    });

    it('gets nothing once the person took the access back, or the app was deleted', async () => {
      const revoked = await world.app(owner, acme);
      const device = await start(revoked);
      await decide(owner, device, 'allow');
      const grants = await world.server.services.grants.grantsOf(owner.accountId);
      const grant = grants.find(({ appId }) => appId === revoked.details.app.id)?.grant;
      const actor = { ip: '', userAgent: '', requestId: '' };
      await world.server.services.grants.withdraw(owner.accountId, grant?.id ?? '', actor);
      assert.equal(await told(revoked, device), 'access_denied');

      const second = await start(revoked);
      await decide(owner, second, 'allow');
      const editor = { licenseId: acme.licenseId, accountId: owner.accountId, actor };
      await world.server.services.apps.delete(editor, revoked.details.app.id, 'List Chats');
      assert.equal((await poll(revoked, second)).body.error, 'invalid_client');
    });

    const refused: [string, Record<string, string>, string][] = [
      ['an unknown scope', { scope: 'nonsense' }, 'invalid_scope'],
      ['a scope that the app does not have', { scope: 'agents--all:rw' }, 'invalid_scope'],
      ['a foreign resource', { resource: 'https://api.example.com/' }, 'invalid_target'],
      ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client'],
      ['an unknown client', { client_id: 'f'.repeat(32) }, 'invalid_client'],
    ];
    for (const [what, change, error] of refused)
      it(`is refused for ${what}: ${error}`, async () => {
        const form = { ...byForm(app), ...change };
        const answer = await post(world, '/oauth2/device_authorization', form);
        assert.equal(answer.body.error, error);
      });

    describe('at the page /device', () => {
      const page = async (device: Started, person = owner): Promise<PageAnswer> =>
        person.browser.submit('/device', { user_code: device.user_code });
      before(async () => {
        forgetAttempts();
        await owner.browser.logIn(owner.email, PASSWORD);
      });

      it('asks a stranger to log in, and then has the code of the link ready', async () => {
        const device = await start(app);
        const stranger = world.stranger();
        const link = device.verification_uri_complete.slice(world.url.length);
        const first = await stranger.get(link);
        assert.equal(first.status, 303);
        assert.match(first.location ?? '', /^\/signin\?next=/);
        const back = await stranger.submit(
          first.location ?? '',
          { email: owner.email, password: PASSWORD },
          '/signin',
        );
        assert.equal(back.location, link);
        const shown = await stranger.get(link);
        assert.ok(shown.text.includes(`value="${device.user_code}"`));
        assert.equal(await told(app, device), 'authorization_pending', 'opening the link allows nothing');
      });

      it('takes the code as people type it', async () => {
        const device = await start(app);
        const [left = '', right = ''] = device.user_code.toLowerCase().split('-');
        for (const typed of [left + right, ` ${left} ${right} `, `${left}–${right}`]) {
          const answer = await owner.browser.submit('/device', { user_code: typed });
          assert.match(answer.text, /on your device\?/);
        }
      });

      it('says who asks for what, shows the code, and asks even for a private app', async () => {
        const device = await start(app);
        const { text, headers, status } = await page(device);
        assert.equal(status, 200);
        for (const words of ['List Chats', 'Acme', device.user_code, owner.email, 'Allow', 'Cancel'])
          assert.ok(text.includes(words), words);
        assert.match(headers.get('content-security-policy') ?? '', /form-action 'self';/);
        assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
        assert.equal(headers.get('cache-control'), 'no-store');
      });

      it('answers once, of ten clicks at once too', async () => {
        const device = await start(app);
        const fields = hiddenFields((await page(device)).text);
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, click) =>
            owner.browser.post('/device', { ...fields, decision: click % 2 ? 'allow' : 'cancel' }),
          ),
        );
        assert.equal(answers.filter(({ status }) => status === 200).length, 1);
        assert.ok(answers.every(({ status }) => [200, 400, 404].includes(status)));
      });

      it('tells people of another organization, and those whose role is too low', async () => {
        forgetAttempts();
        const device = await start(app);
        const outsider = await world.person(await world.organization('Elsewhere'));
        const answer = await page(device, outsider);
        assert.equal(answer.status, 403);
        assert.match(answer.text, /private to another organization/);
        assert.ok(!answer.text.includes('Acme'));
        const agent = await world.person(acme, { account: 'member', chat: 'normal' });
        assert.match((await page(device, agent)).text, /a right that your role does not have/);
      });

      it('lets a person of two organizations choose one', async () => {
        const other = await world.organization('Second');
        const both = await world.person(acme);
        await world.server.composition.storage.write(({ identity }) =>
          identity.addMembership({
            licenseId: other.licenseId,
            accountId: both.accountId,
            accountRole: 'owner',
            chatRole: 'administrator',
            suspendedAt: null,
            createdAt: world.server.clock.now(),
          }),
        );
        const open = await world.app(owner, acme, { visibility: 'public' });
        const device = await start(open);
        const choice = await page(device, both);
        assert.ok(choice.text.includes('Acme') && choice.text.includes('Second'));
        const asked = await both.browser.post('/device', {
          ...hiddenFields(choice.text),
          organization_id: other.id,
        });
        assert.match(asked.text, /Second/);
        await both.browser.post('/device', { ...hiddenFields(asked.text), decision: 'allow' });
        assert.equal((await poll(open, device)).body.organization_id, other.id);
      });

      it('needs the token of its own form', async () => {
        const device = await start(app);
        const fields = { user_code: device.user_code, decision: 'allow', csrf_token: 'guess' };
        assert.equal((await owner.browser.post('/device', fields)).status, 403);
        assert.equal(await told(app, device), 'authorization_pending');
      });

      it('says what is wrong with a code, and echoes nothing unescaped', async () => {
        const missing = await owner.browser.submit('/device', { user_code: ' ' });
        assert.equal(missing.status, 400);
        assert.match(missing.text, /Enter the code/);
        const hostile = await owner.browser.submit('/device', { user_code: '"><script>x' });
        assert.equal(hostile.status, 400);
        assert.ok(!hostile.text.includes('<script>x'));
        const link = await owner.browser.get('/device?user_code=%22%3E%3Cscript%3Ex');
        assert.ok(!link.text.includes('script>x'));
      });

      it('counts attempts, and stops who tries too many', async () => {
        const guesser = await world.person(acme);
        const wrong = await guesser.browser.submit('/device', { user_code: 'BCDF-GHJK' });
        assert.match(wrong.text, /No device waits/);
        const fields = { ...hiddenFields(wrong.text), user_code: 'BCDF-GHJK' };
        const answers = await Promise.all(
          Array.from({ length: 25 }, () => guesser.browser.post('/device', fields)),
        );
        assert.equal(answers.filter(({ status }) => status === 429).length, 6);
        const stopped = answers.find(({ status }) => status === 429);
        assert.match(stopped?.text ?? '', /Too many codes/);
        assert.ok(Number(stopped?.headers.get('retry-after')) > 0);
        const device = await start(app);
        assert.equal((await page(device, guesser)).status, 429, 'even with the right one');
        assert.match((await page(device)).text, /on your device\?/, 'others are not stopped');
      });
    });

    it('is told to slow down when an address starts more than 30 in a minute', async () => {
      forgetAttempts();
      const answers = await Promise.all(
        Array.from({ length: 31 }, () => post(world, '/oauth2/device_authorization', byForm(webApp))),
      );
      const [refused, ...others] = answers.filter(({ status }) => status !== 200);
      assert.deepEqual([refused?.status, refused?.body.error, others.length], [429, 'slow_down', 0]);
      assert.ok(Number(refused?.headers.get('retry-after')) <= 60);
      await start(app);
      world.server.clock.advance(seconds(61));
      await start(webApp);
    });
  });
});
