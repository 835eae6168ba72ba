import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Configuration } from '@livechat/lc-sdk-js';
import { engines } from '../../support/databases.ts';
import { openWorld, tokensFor, type World } from '../../support/world.ts';

const SCOPES = ['webhooks.configuration:rw', 'webhooks.state:rw'];

describe('@livechat/lc-sdk-js: webhooks', () => {
  let world: World;
  let api: InstanceType<typeof Configuration.Web>;
  before(async () => {
    world = await openWorld(engines.sqlite, ['--tls']);
    assert.ok(world.server.authorityFile);
    setDefaultCACertificates([
      ...getCACertificates('default'),
      readFileSync(world.server.authorityFile, 'utf8'),
    ]);
    const acme = await world.organization('Acme');
    const ann = await world.person(acme);
    const app = await world.app(ann, acme, { scopes: SCOPES });
    const { access_token } = await tokensFor(world, ann, app);
    const token = () => ({ accessToken: access_token, organizationID: acme.id, region: 'dal' });
    api = new Configuration.Web(app.clientId, token, { apiUrl: new URL(world.url).host });
  });
  after(() => world.close());

  it('are registered, listed, switched and taken back', async () => {
    const hook = {
      action: 'incoming_event',
      secret_key: 'hush',
      url: 'https://hooks.example.com/in',
      type: 'license',
      filters: { author_type: 'customer' },
    };
    const { id } = await api.registerWebhook(hook);
    const [registered] = await api.listWebhooks();
    assert.equal(registered?.id, id);
    assert.equal(registered?.url, hook.url);
    assert.equal((await api.getLicenseWebhooksState()).license_webhooks_enabled, true);
    await api.disableLicenseWebhooks();
    assert.equal((await api.getLicenseWebhooksState()).license_webhooks_enabled, false);
    await api.enableLicenseWebhooks();
    assert.equal((await api.getLicenseWebhooksState()).license_webhooks_enabled, true);
    await api.unregisterWebhook(id);
    assert.deepEqual(await api.listWebhooks(), []);
    const names = await api.listWebhookNames('3.6');
    assert.ok(names.some(({ action }: { action: string }) => action === 'incoming_chat'));
  });

  it('are refused in the documented words', async () => {
    const hook = { action: 'incoming_event', secret_key: 'x', url: 'https://10.0.0.1/', type: 'license' };
    await assert.rejects(
      api.registerWebhook(hook),
      (error: { type?: string }) => error.type === 'validation',
    );
  });
});
