import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { App, Client } from '../../domain/apps/records.ts';
import type { Stores } from '../../domain/storage.ts';
import type { Delivery, Webhook } from '../../domain/webhooks/webhook.ts';
import { app, client, HOUR, key, NOW } from './samples.ts';

/** What every engine must do for webhooks and what is on its way to them. */
eachEngine((engine) => {
  describe('the store of webhooks', () => {
    let opened: TestDatabase;
    let licenses = 7000;
    before(async () => {
      opened = await engine.open();
    });
    after(() => opened.close());

    const read = () => opened.storage.read.webhooks;
    const write = <T>(unit: (stores: Stores) => Promise<T>) => opened.storage.write(unit);

    interface Setting {
      license: number;
      app: App;
      client: Client;
      hook(over?: Partial<Webhook>): Webhook;
      delivery(webhook: Webhook, over?: Partial<Delivery>): Delivery;
    }

    /** An organization with an app that is installed there. */
    async function setting(): Promise<Setting> {
      const license = ++licenses;
      const made = app(license);
      const block = client(made);
      await write(async ({ apps }) => {
        await apps.addApp(made);
        await apps.addClient(block);
        await apps.install({
          appId: made.id,
          licenseId: license,
          installedBy: randomUUID(),
          installedAt: NOW,
        });
      });
      return {
        license,
        app: made,
        client: block,
        hook: (over = {}) => ({
          key: key(),
          id: randomBytes(12).toString('hex'),
          licenseId: license,
          clientId: block.clientId,
          type: 'license',
          action: 'incoming_event',
          url: 'https://hooks.example/ü',
          description: 'Hello “x”',
          secret: 'c2VhbGVk',
          additionalData: ['chat_properties'],
          filters: { author_type: 'customer', chat_presence: { user_ids: { values: ['a@b.c'] } } },
          createdAt: NOW,
          ...over,
        }),
        delivery: (webhook, over = {}) => ({
          key: key(),
          licenseId: license,
          webhookId: webhook.id,
          clientId: webhook.clientId,
          action: webhook.action,
          body: '{"a":"ü"}',
          state: 'queued',
          attempts: 0,
          nextAttemptAt: NOW,
          createdAt: NOW,
          doneAt: null,
          lastStatus: null,
          lastError: null,
          ...over,
        }),
      };
    }
    const add = (...hooks: Webhook[]) =>
      write(async ({ webhooks }) => {
        for (const one of hooks) await webhooks.addWebhook(one);
      });
    const queue = (...deliveries: Delivery[]) => write(({ webhooks }) => webhooks.queue(deliveries));

    it('gives them back as they were registered, to their own organization', async () => {
      const one = await setting();
      const other = await setting();
      const [first, second] = [one.hook(), one.hook({ type: 'bot', additionalData: [], filters: {} })];
      await add(first, second);
      const { clientId } = one.client;
      assert.deepEqual(await read().webhooksOf(one.license, clientId), [first, second]);
      assert.deepEqual(await read().webhooksOf(other.license, clientId), []);
      const remove = (license: number, client: string) =>
        write(({ webhooks }) => webhooks.removeWebhook(license, client, first.id));
      assert.equal(await remove(other.license, clientId), false);
      assert.equal(await remove(one.license, other.client.clientId), false);
      await queue(one.delivery(first), one.delivery(second));
      assert.equal(await remove(one.license, clientId), true);
      assert.equal(await remove(one.license, clientId), false);
      const left = await read().deliveries(one.license, { limit: 9 });
      assert.deepEqual(
        left.map(({ webhookId }) => webhookId),
        [second.id],
      );
    });

    it('has those active whose app is installed and not switched off', async () => {
      const one = await setting();
      const other = await setting();
      const hook = one.hook();
      await add(hook, one.hook({ type: 'app', action: 'application_installed' }));
      assert.deepEqual(await read().activeWebhooks(one.license), [hook]);
      assert.deepEqual(await read().activeWebhooks(other.license), []);
      await write(({ apps }) =>
        apps.install({
          appId: one.app.id,
          licenseId: other.license,
          installedBy: randomUUID(),
          installedAt: NOW,
        }),
      );
      assert.deepEqual(await read().activeWebhooks(other.license), [hook]);
      const { clientId } = one.client;
      assert.equal(await read().knowsClient(other.license, clientId), true);
      assert.equal(await read().knowsClient(one.license, other.client.clientId), false);
      const off = () => write(({ webhooks }) => webhooks.switchOff(other.license, clientId, NOW));
      assert.equal(await off(), true);
      assert.equal(await off(), false);
      assert.equal(await read().isSwitchedOff(other.license, clientId), true);
      assert.equal(await read().isSwitchedOff(one.license, clientId), false);
      assert.deepEqual(await read().activeWebhooks(other.license), []);
      const installed = { app: { id: one.app.id, name: one.app.name, clientId }, webhooks: [hook] };
      assert.deepEqual(await read().installedApps(other.license), [{ ...installed, on: false }]);
      assert.deepEqual(await read().installedApps(one.license), [{ ...installed, on: true }]);
      assert.deepEqual(await read().activeWebhooks(one.license), [hook]);
      await write(({ apps }) => apps.uninstall(other.license, one.app.id));
      assert.equal(await write(({ webhooks }) => webhooks.switchOn(other.license, clientId)), true);
      assert.deepEqual(await read().activeWebhooks(other.license), [], 'it is not installed any more');
      await write(({ webhooks }) => webhooks.removeWebhooksOf(clientId));
      assert.deepEqual(await read().activeWebhooks(one.license), []);
    });

    it('gives what is due to one of those who come for it, in order, organization by organization', async () => {
      const one = await setting();
      const other = await setting();
      const [hook, theirs] = [one.hook(), other.hook()];
      await add(hook, theirs);
      const first = one.delivery(hook, { nextAttemptAt: NOW + 5 });
      const second = one.delivery(hook, { nextAttemptAt: NOW + 5 });
      const later = one.delivery(hook, { nextAttemptAt: NOW + HOUR });
      const before = other.delivery(theirs, { nextAttemptAt: NOW + 4 });
      await queue(second, first, later, before);
      const due = (now: number, limit = 9) => read().due(one.license, now, limit);
      const organizations = async (now: number) =>
        (await read().organizationsDue(now, 99)).filter((id) => [one.license, other.license].includes(id));
      assert.deepEqual(await organizations(NOW + 3), []);
      assert.deepEqual(await organizations(NOW + 5), [other.license, one.license]);
      assert.deepEqual(await due(NOW + 4), []);
      assert.deepEqual(await due(NOW + 5), [
        { delivery: first, webhook: hook },
        { delivery: second, webhook: hook },
      ]);
      assert.equal((await due(NOW + 5, 1)).length, 1);
      const claims = await Promise.all(
        Array.from({ length: 8 }, () =>
          write(({ webhooks }) => webhooks.claim(first.key, NOW + 5, NOW + HOUR)),
        ),
      );
      assert.equal(claims.filter(Boolean).length, 1);
      assert.deepEqual(
        (await due(NOW + 5)).map(({ delivery }) => delivery.key),
        [second.key],
      );
    });

    it('keeps how it went, and gives up what it is told to give up, until somebody sends it again', async () => {
      const one = await setting();
      const hook = one.hook();
      await add(hook);
      const [good, bad] = [one.delivery(hook), one.delivery(hook)];
      await queue(good, bad);
      await write(async ({ webhooks }) => {
        await webhooks.delivered(good.key, { status: 204, error: null }, NOW + 1);
        await webhooks.undelivered(bad.key, { status: 500, error: 'x'.repeat(999) }, NOW + 9, NOW + 1);
      });
      const [tried, done] = await read().deliveries(one.license, { limit: 9 });
      assert.deepEqual(done, { ...good, state: 'delivered', attempts: 1, doneAt: NOW + 1, lastStatus: 204 });
      assert.deepEqual([tried?.state, tried?.attempts, tried?.nextAttemptAt], ['queued', 1, NOW + 9]);
      assert.equal(tried?.lastError?.length, 300);
      await write(({ webhooks }) =>
        webhooks.undelivered(bad.key, { status: null, error: 'no answer' }, null, NOW + 10),
      );
      assert.deepEqual(await read().countDeliveries(one.license), { queued: 0, delivered: 1, failed: 1 });
      const failed = await read().deliveries(one.license, { state: 'failed', limit: 9 });
      assert.deepEqual(
        [failed[0]?.key, failed[0]?.attempts, failed[0]?.lastError],
        [bad.key, 2, 'no answer'],
      );
      assert.deepEqual(await read().deliveries(one.license, { before: good.key, limit: 9 }), []);
      const again = (license: number, of: number) =>
        write(({ webhooks }) => webhooks.sendAgain(license, of, NOW + 11));
      assert.equal(await again(one.license + 999, bad.key), false);
      assert.equal(await again(one.license, good.key), false);
      assert.equal(await again(one.license, bad.key), true);
      assert.equal(await again(one.license, bad.key), false);
      assert.equal((await read().due(one.license, NOW + 11, 9))[0]?.delivery.attempts, 0);
      assert.ok((await write(({ webhooks }) => webhooks.purgeDeliveries(NOW + 2, 100))) >= 1);
      assert.deepEqual(await read().countDeliveries(one.license), { queued: 1, delivered: 0, failed: 0 });
    });

    it('drops what is on its way to an app, but for what tells it that it left', async () => {
      const one = await setting();
      const [hook, own] = [one.hook(), one.hook({ type: 'app', action: 'application_uninstalled' })];
      await add(hook, own);
      await queue(
        one.delivery(hook),
        one.delivery(own),
        one.delivery(hook, { state: 'failed', doneAt: NOW }),
      );
      await write(({ webhooks }) => webhooks.dropQueued(one.license + 999, one.client.clientId));
      assert.equal((await read().countDeliveries(one.license)).queued, 2);
      await write(({ webhooks }) => webhooks.dropQueued(one.license, one.client.clientId));
      assert.deepEqual(await read().countDeliveries(one.license), { queued: 1, delivered: 0, failed: 1 });
    });
  });
});
