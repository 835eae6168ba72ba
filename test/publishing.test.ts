import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine } from './support/databases.ts';
import { consoleOwner, type SignedIn, signedIn } from './support/endpoints/people.ts';
import { authorizeQuery, openWorld, type RegisteredApp, type World } from './support/world.ts';

eachEngine((engine) => {
  describe('publishing an app', () => {
    let world: World;
    let owner: SignedIn;
    let developer: SignedIn;
    let stranger: SignedIn;
    let app: RegisteredApp;
    let id: string;
    before(async () => {
      world = await openWorld(engine);
      const acme = await world.organization('Acme');
      const globex = await world.organization('Globex');
      owner = await consoleOwner(world, acme);
      developer = await signedIn(world, {
        ...(await world.person(acme, { account: 'administrator' })),
        licenseId: acme.licenseId,
      });
      stranger = await consoleOwner(world, globex);
      app = await world.app(owner, acme, { scopes: ['chats--all:ro'] });
      id = app.details.app.id;
    });
    after(() => world.close());

    const move = (who: SignedIn, to: string, note?: string) =>
      who.call('POST', `/console/api/apps/${id}/review`, {
        move: to,
        ...(note === undefined ? {} : { note }),
      });
    const shop = async (who: SignedIn) => (await who.call('GET', '/console/api/public_apps')).apps;
    const installation = `/console/api/public_apps/`;

    it('takes an app that says what it does, and the approval of the owner', async () => {
      const poor = await move(developer, 'submit');
      assert.equal(poor.error.fields[0].field, 'short_description');
      const { version } = (await owner.call('GET', `/console/api/apps/${id}`)) as { version: number };
      await owner.call('PATCH', `/console/api/apps/${id}`, { version, short_description: 'Lists chats.' });
      assert.equal((await move(developer, 'submit')).state, 'submitted');
      assert.equal((await move(developer, 'accept')).error.type, 'authorization');
      assert.equal((await move(owner, 'send_back')).error.fields[0].field, 'note');
      const back = await move(owner, 'send_back', 'The picture is missing.');
      assert.deepEqual([back.state, back.note], ['developing', 'The picture is missing.']);
      assert.equal((await move(developer, 'publish')).error.type, 'conflict');
      assert.equal((await move(developer, 'submit')).note, '');
      assert.deepEqual((await move(owner, 'accept')).moves, ['publish']);
      assert.deepEqual(await shop(stranger), [], 'what is accepted is not public yet');
      assert.equal(
        (await stranger.call('POST', `${installation}${id}/installation`)).error.type,
        'not_found',
      );
    });

    it('lets everybody find it, and other organizations allow and install it', async () => {
      const private_ = await stranger.browser.get(authorizeQuery(app));
      assert.match(private_.location ?? '', /ooops/);
      assert.equal((await move(developer, 'publish')).state, 'published');
      const [offer] = await shop(stranger);
      assert.equal(offer.organization, 'Acme');
      assert.equal(offer.own, false);
      assert.equal(offer.installed_at, null);
      assert.equal(offer.scopes[0].scope, 'chats--all:ro');
      assert.ok(!JSON.stringify(offer).includes('callback'), 'nothing beyond what is offered');
      const consent = await stranger.browser.get(authorizeQuery(app));
      assert.match(consent.location ?? '', /grant-access/);

      const installed = await stranger.call('POST', `${installation}${id}/installation`);
      assert.ok(installed.installed_at);
      const again = await stranger.call('POST', `${installation}${id}/installation`);
      assert.equal(again.error.type, 'conflict');
      assert.equal((await stranger.call('GET', '/console/api/installations')).apps.length, 1);
      assert.equal((await owner.call('GET', '/console/api/installations')).apps.length, 0);
      assert.equal((await owner.call('GET', `/console/api/apps/${id}/review`)).installations, 1);
      assert.equal((await stranger.call('GET', `/console/api/apps/${id}`)).error.type, 'not_found');
    });

    it('is taken back: no longer found or allowed, and still uninstalled where it stands', async () => {
      assert.equal((await move(developer, 'unpublish')).state, 'accepted');
      assert.deepEqual(await shop(stranger), []);
      assert.match((await stranger.browser.get(authorizeQuery(app))).location ?? '', /ooops/);
      const [left] = (await stranger.call('GET', '/console/api/installations')).apps;
      assert.equal(left.public, false);
      const response = await fetch(`${world.url}${installation}${id}/installation`, {
        method: 'DELETE',
        headers: { cookie: stranger.cookieHeader(), 'x-csrf-token': stranger.csrfToken },
      });
      assert.equal(response.status, 204);
      assert.equal((await stranger.call('GET', '/console/api/installations')).apps.length, 0);
      assert.equal(
        (await stranger.call('POST', `${installation}${id}/installation`)).error.type,
        'not_found',
      );
    });
  });
});
