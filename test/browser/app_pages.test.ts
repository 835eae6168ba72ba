import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import { openWorld, type Person, type RegisteredApp, tokensFor, type World } from '../support/world.ts';
import { startWalk } from './walk.ts';

describe('usage, manifest and publishing, in a browser', skipUnlessBrowser(), () => {
  let world: World;
  let browser: Browser;
  let owner: Person;
  let app: RegisteredApp;
  before(async () => {
    world = await openWorld();
    browser = await launchBrowser();
    const acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, { scopes: ['chats--all:rw', 'agents--all:ro'] });
    const { access_token: token } = await tokensFor(world, owner, app);
    for (const limit of [1, 2, 1000])
      await world.call('/v3.6/agent/action/list_chats', { limit }, `Bearer ${token}`);
    await world.server.services.insight.usage.flush();
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  for (const [name, width, colorScheme] of [
    ['phone', 360, 'dark'],
    ['desktop', 1440, 'light'],
  ] as const)
    it(`an app is looked at, changed by its manifest, published, installed and taken back (${name})`, async () => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await context.addCookies(
        [...owner.browser.cookies].map(([cookie, value]) => ({ name: cookie, value, url: world.url })),
      );
      const page = await context.newPage();
      const walk = startWalk(context, page, `app-${name}`);
      const base = `${world.url}/console/apps/${app.details.app.id}`;

      await page.goto(`${base}/usage`);
      await page.getByText('agent.list_chats', { exact: true }).waitFor();
      await page.locator('.recharts-surface').first().waitFor();
      await page
        .getByText('chats--all:ro')
        .or(page.locator('input[value="chats--all:ro"]'))
        .first()
        .waitFor();
      await walk.look('usage');

      await page.goto(`${base}/manifest`);
      const shown = JSON.parse((await page.locator('figure pre').first().textContent()) ?? '');
      shown.shortDescription = `Lists chats, on a ${name}.`;
      await page.getByRole('textbox', { name: 'livechat.config.json' }).fill('{');
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByText('This is not JSON').waitFor();
      await page.getByRole('textbox', { name: 'livechat.config.json' }).fill(JSON.stringify(shown));
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByText('1 difference', { exact: true }).waitFor();
      await walk.look('manifest');
      await page.getByRole('button', { name: 'Apply these changes' }).click();
      await page.getByText('The app is as the manifest says now').waitFor();

      await page.goto(`${base}/publishing`);
      await page
        .getByRole('button', { name: 'Submit for approval' })
        .or(page.getByRole('button', { name: 'Publish' }))
        .first()
        .waitFor();
      if (await page.getByRole('button', { name: 'Submit for approval' }).isVisible()) {
        await page.getByRole('button', { name: 'Submit for approval' }).click();
        await page.getByRole('textbox', { name: 'What has to change' }).waitFor();
        await walk.look('submitted');
        await page.getByRole('button', { name: 'Approve' }).click();
      }
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('button', { name: 'Take back' }).waitFor();

      await page.goto(`${world.url}/console/public-apps`);
      await page.getByRole('button', { name: 'Install: List Chats' }).click();
      await page.getByRole('button', { name: 'Uninstall: List Chats' }).waitFor();
      await walk.look('public-apps');
      await page.getByRole('button', { name: 'Uninstall: List Chats' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Uninstall' }).click();
      await page.getByRole('button', { name: 'Install: List Chats' }).waitFor();

      await page.goto(`${base}/publishing`);
      await page.getByRole('button', { name: 'Take back' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
      await page.getByRole('button', { name: 'Publish' }).waitFor();
      assert.deepEqual(walk.problems, []);
      await context.close();
    });
});
