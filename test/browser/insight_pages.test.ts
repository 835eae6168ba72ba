import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import {
  authorizeQuery,
  codeFor,
  exchangeForm,
  openWorld,
  type Person,
  REDIRECT,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { startWalk } from './walk.ts';

describe('what owners look into, in a browser', skipUnlessBrowser(), () => {
  let world: World;
  let browser: Browser;
  let owner: Person;
  let app: RegisteredApp;
  before(async () => {
    world = await openWorld();
    browser = await launchBrowser();
    const acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme);
    await world.token(exchangeForm(app, await codeFor(owner, app)));
    await owner.browser.get(authorizeQuery(app, { redirect_uri: `${REDIRECT}s` }));
    await world.token({ ...exchangeForm(app, 'nothing'), client_secret: 'wrong' });
    await world.server.services.insight.flush();
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  for (const [name, width, colorScheme] of [
    ['phone', 360, 'dark'],
    ['desktop', 1440, 'light'],
  ] as const)
    it(`a refusal goes from its id to the place where it is mended (${name})`, async () => {
      const viewport = { width, height: 900 };
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      await context.addCookies(
        [...owner.browser.cookies].map(([cookie, value]) => ({ name: cookie, value, url: world.url })),
      );
      const page = await context.newPage();
      const walk = startWalk(context, page, `insight-${name}`);
      const base = `${world.url}/console/apps/${app.details.app.id}`;
      await page.goto(`${base}/refused-requests`);
      await page.getByText('Wrong or retired client secret', { exact: true }).last().waitFor();
      await walk.look('refusals');
      await page.getByRole('button', { name: 'Details: Redirect URI with another path' }).click();
      await page.getByRole('dialog').getByText('They part at character 33').waitFor();
      await walk.look('refusal');
      const requestId = await page
        .getByRole('dialog')
        .getByRole('textbox', { name: 'Request id' })
        .inputValue();
      await page.keyboard.press('Escape');
      await page.goto(`${base}/refused-requests?reason=verifier_missing`);
      await page.getByText('No refusal matches').waitFor();
      await page.getByLabel('Find a request by its id').fill(requestId);
      await page.getByRole('button', { name: 'Find', exact: true }).click();
      await page.getByRole('dialog').getByRole('link', { name: 'Mend it in App Authorization' }).click();
      await page.getByText('Redirect URI whitelist').first().waitFor();

      await page.getByText('Code without PKCE').waitFor();
      await page.getByText('No scope in the request').waitFor();
      await walk.look('authorization');
      await page.goto(`${world.url}/console/settings/security`);
      await page.getByText('Code without PKCE').waitFor();
      await walk.look('security');
      await page.getByRole('switch', { name: 'Force the Strict profile for all apps' }).click();
      await page
        .getByRole('dialog')
        .getByText(/List Chats.* works today in ways that Strict refuses/)
        .waitFor();
      await walk.look('force-strict');
      await page.getByRole('button', { name: 'Cancel' }).click();

      await page.goto(`${world.url}/console/settings/audit-log`);
      const given = page.getByRole('listitem').filter({ hasText: 'gave access to' });
      await given.first().waitFor();
      await walk.look('audit-log');
      await page.getByLabel('What').selectOption({ label: 'created the app' });
      await page.getByRole('button', { name: 'Apply' }).click();
      await given.first().waitFor({ state: 'detached' });
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      assert.equal((await download).suggestedFilename(), 'audit-log.csv');
      assert.deepEqual(walk.problems, []);
      await context.close();
    });
});
