import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import { type ChatWorld, good, openChatWorld } from '../support/chat_world.ts';
import { startWalk } from './walk.ts';

describe('webhooks and greetings, in a browser', skipUnlessBrowser(), () => {
  let chats: ChatWorld;
  let browser: Browser;
  before(async () => {
    chats = await openChatWorld();
    browser = await launchBrowser();
    const { organization, owner, app } = chats;
    const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
    const editor = { licenseId: organization.licenseId, accountId: owner.accountId, actor };
    await chats.world.server.services.apps.install(editor, app.details.app.id);
  });
  after(async () => {
    await browser?.close();
    await chats?.close();
  });

  for (const [name, width, colorScheme] of [
    ['phone', 360, 'dark'],
    ['desktop', 1440, 'light'],
  ] as const)
    it(`a webhook is registered, fails, is sent again and switched off; a greeting comes and goes (${name})`, async () => {
      const { world, owner, app } = chats;
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await context.addCookies(
        [...owner.browser.cookies].map(([cookie, value]) => ({ name: cookie, value, url: world.url })),
      );
      const page = await context.newPage();
      const walk = startWalk(context, page, `webhooks-${name}`);
      await page.goto(`${world.url}/console/apps/${app.details.app.id}/chat-webhooks`);
      await page.getByText('No webhooks yet').waitFor();
      await page.getByLabel('Address').fill('https://10.0.0.1/hooks');
      await page.getByLabel('Secret key').fill('hush');
      await page.getByRole('button', { name: 'Register webhook' }).click();
      await page
        .getByText(/not an address of the public internet/)
        .first()
        .waitFor();
      await walk.look('refused');
      // Nobody listens there.
      await page.getByLabel('Address').fill('http://127.0.0.1:9/hooks');
      await page.getByRole('button', { name: 'Register webhook' }).click();
      await page.getByRole('button', { name: 'Unregister incoming_chat' }).waitFor();
      await walk.look('registered');

      good(await (await chats.customer()).call('start_chat', {}));
      const { webhooks } = world.server.services;
      await webhooks.sender.work();
      await webhooks.sender.settle();
      // As after the last attempt.
      const { deliveries } = await webhooks.deliveries(chats.organization.licenseId, { limit: 1 });
      await world.server.composition.storage.write((stores) =>
        stores.webhooks.undelivered(
          deliveries[0]?.key ?? 0,
          { status: null, error: 'no answer' },
          null,
          world.server.clock.now(),
        ),
      );
      await page.goto(`${world.url}/console/settings/webhooks`);
      const again = page.getByRole('button', { name: 'Send again: incoming_chat' });
      await again.first().waitFor();
      await page.getByText('no answer').first().waitFor();
      await walk.look('failed');
      await again.first().click();
      await page.getByText('It is queued again.').waitFor();
      const on = page.getByRole('switch', { name: /Webhooks of/ });
      await on.press('Space');
      await page.getByText('Off', { exact: true }).waitFor();
      await on.press('Space');
      await page.getByText('On', { exact: true }).waitFor();
      await page.goto(`${world.url}/console/apps/${app.details.app.id}/chat-webhooks`);
      await page.getByRole('button', { name: 'Unregister incoming_chat' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Unregister' }).click();
      await page.getByText('No webhooks yet').waitFor();

      await page.goto(`${world.url}/console/settings/greetings`);
      await page.getByText('No greetings yet').waitFor();
      await page.getByLabel('Name').fill('At the checkout');
      await page.getByLabel('Message').fill('May I help you?');
      await page.getByLabel(/address contains/).fill('checkout');
      await page.getByRole('button', { name: 'Create greeting' }).click();
      await page.getByText('1 rule').waitFor();
      await walk.look('greetings');
      await page.getByRole('switch', { name: /Greeting/ }).press('Space');
      await page.getByText('Off', { exact: true }).waitFor();
      await page.getByRole('button', { name: /Delete/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('No greetings yet').waitFor();
      assert.deepEqual(walk.problems, []);
      await context.close();
    });
});
