import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hiddenFields } from './support/browser_session.ts';
import { eachEngine } from './support/databases.ts';
import {
  authorizeQuery,
  exchangeForm,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type World,
} from './support/world.ts';

const actor = { ip: '', userAgent: '', requestId: '' };

/** What people try who do not mean well. */
eachEngine((engine) => {
  describe('the server under attack', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization('Acme');
      owner = await world.person(acme);
    });
    after(() => world.close());
    const editor = () => ({ licenseId: acme.licenseId, accountId: owner.accountId, actor });

    it('grants what the consent page showed, whatever the app has added since', async () => {
      const open = await world.app(owner, acme, { visibility: 'public', scopes: ['chats--access:ro'] });
      const { location = '' } = await owner.browser.get(authorizeQuery(open));
      const page = await owner.browser.get(location);
      const { apps } = world.server.services;
      const { app, client } = await apps.get(acme.licenseId, open.details.app.id);
      assert.ok(client);
      await apps.updateAuthorization(editor(), app.id, {
        version: app.version,
        redirectUris: [REDIRECT],
        scopes: ['chats--access:ro', 'agents--all:rw'].map((scope) => ({ scope, required: true })),
        profile: client.profile,
        switches: client.switches,
      });
      const answer = await owner.browser.post('/grant-access', {
        ...hiddenFields(page.text),
        decision: 'allow',
      });
      const code = new URL(answer.location ?? '').searchParams.get('code') ?? '';
      assert.equal((await world.token(exchangeForm(open, code))).body.scope, 'chats--access:ro');
    });

    it('issues no code for HEAD, at whatever address of a flow', async () => {
      const app = await world.app(owner, acme);
      const browser = world.stranger();
      const { location = '' } = await browser.get(authorizeQuery(app));
      await browser.submit('/signin', { email: owner.email, password: PASSWORD });
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      for (const path of [location, location.replace('/signin', '/grant-access')]) {
        const answer = await fetch(world.url + path, {
          method: 'HEAD',
          redirect: 'manual',
          headers: { cookie },
        });
        assert.equal(answer.status, 405);
        assert.equal(answer.headers.get('location'), null);
      }
      assert.match((await browser.get(location)).location ?? '', /code=/);
    });

    it('tells browsers that pages of other origins may call the token endpoints', async () => {
      for (const path of ['/v2/token', '/v2/info']) {
        const answer = await fetch(world.url + path, {
          method: 'OPTIONS',
          headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
        });
        assert.equal(answer.status, 204, path);
        assert.equal(answer.headers.get('access-control-allow-origin'), '*');
      }
    });

    it('answers NUL characters in credentials by 4xx', async () => {
      const basic = `Basic ${Buffer.from('\u0000:x').toString('base64')}`;
      const form = { grant_type: 'authorization_code', code: 'x' };
      const answers = [
        await world.call('/v2/token', JSON.stringify({ ...form, client_id: '\u0000' })),
        await world.token(form, { authorization: basic }),
        await world.call('/v3.6/agent/action/list_chats', {}, basic),
      ];
      for (const { status } of answers) assert.ok(status >= 400 && status < 500, String(status));
    });

    it('keeps one or two live secrets of an app, however many hands are at work', async () => {
      const { apps } = world.server.services;
      for (let round = 0; round < 3; round++) {
        const { details } = await world.app(owner, acme);
        const live = async () =>
          (await apps.get(acme.licenseId, details.app.id)).secrets.filter(
            ({ retiredAt }) => retiredAt === null,
          );
        await Promise.allSettled(Array.from({ length: 8 }, () => apps.addSecret(editor(), details.app.id)));
        const added = await live();
        assert.equal(added.length, 2);
        await Promise.allSettled(added.map(({ key }) => apps.retireSecret(editor(), details.app.id, key)));
        assert.equal((await live()).length, 1);
      }
    });

    it('looks at the strength of only so many passwords from one address', async () => {
      const browser = world.stranger();
      const fields = { name: 'N', email: 'n@example.test', company: 'C', password: 'password1' };
      const answers: number[] = [];
      for (let count = 0; count < 21; count++) answers.push((await browser.submit('/signup', fields)).status);
      assert.deepEqual(answers.slice(0, 20), Array(20).fill(400));
      assert.equal(answers[20], 429);
    });
  });
});
