import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import {
  authorizeQuery,
  codeFor,
  exchangeForm,
  type Organization,
  openWorld,
  type Person,
  REDIRECT,
  type RegisteredApp,
  refreshForm,
  tokensFor,
  type World,
} from '../support/world.ts';
import { startWalk } from './walk.ts';

/** Both widths and both colours, each with another pair, so that two walks see all four. */
const WINDOWS = [
  ['phone', 360, 'dark'],
  ['desktop', 1440, 'light'],
] as const;

describe('the developer tools, in a browser', skipUnlessBrowser(), () => {
  let world: World;
  let browser: Browser;
  let acme: Organization;
  let owner: Person;
  let app: RegisteredApp;
  before(async () => {
    world = await openWorld();
    browser = await launchBrowser();
    acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, { switches: { rotateRefreshTokens: true } });
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  async function open(name: string, width: number, colorScheme: 'light' | 'dark') {
    const viewport = { width, height: 900 };
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    await context.addCookies(
      [...owner.browser.cookies].map(([cookie, value]) => ({ name: cookie, value, url: world.url })),
    );
    return startWalk(context, await context.newPage(), name);
  }

  for (const [name, width, colour] of WINDOWS)
    it(`the token debugger shows a token and ends it (${name})`, async () => {
      const walk = await open(`tools-${name}`, width, colour);
      const { page, context } = walk;
      const first = await tokensFor(world, owner, app);
      const second = (await world.token(refreshForm(app, first.refresh_token))).body;
      await page.goto(`${world.url}/console/tools/token`);
      const field = page.getByRole('textbox', { name: 'Code or token' });
      await field.waitFor();
      await walk.look('token-empty');

      // By keyboard alone.
      await field.focus();
      await page.keyboard.insertText(`Bearer ${second.access_token.replace(':', '%3A')}`);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Access token of a person' }).waitFor();
      await page.getByText('%3A stands for the colon in addresses only', { exact: false }).waitFor();
      const family = page.getByRole('list', { name: 'Family of tokens' });
      assert.equal(await family.getByText('Refresh token', { exact: true }).count(), 2);
      await walk.look('token-family');
      assert.ok(!page.url().includes(second.access_token.slice(5)));

      await page.getByRole('button', { name: 'Revoke: Refresh token, Works' }).click();
      await walk.look('token-revoke');
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
      await page.getByText('Somebody revoked it here in the Console', { exact: false }).waitFor();
      const refused = await world.token(refreshForm(app, second.refresh_token));
      assert.equal(refused.status, 400);

      const code = await codeFor(owner, app);
      await field.fill(code);
      await page.getByRole('button', { name: 'Inspect' }).click();
      await page.getByText('Exchange it at the token endpoint', { exact: false }).waitFor();
      await field.fill('no token at all');
      await page.keyboard.press('Enter');
      await page.getByText('No such token').waitFor();
      await walk.look('token-unknown');
      assert.equal((await world.token(exchangeForm(app, code))).status, 200);
      assert.deepEqual(walk.problems, []);
      await context.close();
    });

  for (const [name, width, colour] of WINDOWS)
    it(`a wrong redirect URI goes from its error to mended in two clicks (${name})`, async () => {
      const walk = await open(`mend-${name}`, width, colour);
      const { page, context } = walk;
      const broken = await world.app(owner, acme);
      const wrong = `${REDIRECT}/${name}`;
      await page.goto(world.url + authorizeQuery(broken, { redirect_uri: wrong }));
      await page.getByText('Closest registered').waitFor();
      await page
        .getByRole('link', { name: /Console|App Authorization|whitelist/ })
        .first()
        .click();
      await page.getByText('Add it only if it is your app’s own', { exact: false }).waitFor();
      const tester = page.getByRole('textbox', { name: 'Address that your app sends' });
      await tester.fill(`http://x/?redirect_uri=${encodeURIComponent(wrong)}`);
      await page.getByText('Refused', { exact: true }).nth(1).waitFor();
      assert.equal(await page.locator('#redirect_tester mark').count(), 4);
      await walk.look('redirect-tester');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('All saved').filter({ visible: true }).first().waitFor();
      assert.ok((await codeFor(owner, broken, { redirect_uri: wrong })).length > 0);
      await page.getByText('Matches', { exact: true }).first().waitFor();
      assert.deepEqual(walk.problems, []);
      await context.close();
    });

  for (const [name, width, colour] of WINDOWS)
    it(`first steps, search and consent preview (${name})`, async () => {
      const walk = await open(`start-${name}`, width, colour);
      const { page, context } = walk;
      await page.goto(`${world.url}/console/apps`);
      const steps = page.getByRole('region', { name: 'First steps' });
      await steps.getByRole('listitem').filter({ hasText: 'List chats' }).waitFor();
      await steps.getByRole('button', { name: 'Make a sample conversation' }).click();
      await page.getByText('Sam Sample wrote a message', { exact: false }).first().waitFor();
      await walk.look('first-steps');

      // A customer's token on the Agent Chat API: from its request id to what to do, by keyboard.
      const shared = await world.app(owner, acme, { scopes: ['chats--access:ro', 'customers:own'] });
      const { access_token } = await tokensFor(world, owner, shared);
      const customer = await world.call(
        '/v2/customer/token',
        { grant_type: 'agent_token', client_id: shared.clientId, response_type: 'token' },
        `Bearer ${access_token}`,
      );
      const refused = await world.call(
        '/v3.6/agent/action/list_chats',
        {},
        `Bearer ${customer.body.access_token}`,
      );
      await world.server.services.insight.flush();
      await page.keyboard.press('Control+k');
      const search = page.getByPlaceholder('A page, an app, a guide or a request id');
      await search.fill('debug');
      await page.getByText('Token debugger', { exact: true }).last().waitFor();
      await walk.look('palette');
      await search.fill(refused.headers.get('x-request-id') ?? '');
      await page.getByText('Token of another kind than the API takes').waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Refused request' });
      await dialog.getByText('Get a token of the right kind under “Try it”', { exact: false }).waitFor();
      await dialog.getByRole('link', { name: 'Mend it in App Authorization' }).click();
      await page.getByRole('heading', { name: 'Try it' }).waitFor();

      await page.goto(`${world.url}/console/apps/${shared.details.app.id}/consent-preview`);
      const frame = page.frameLocator('iframe');
      await frame.getByRole('heading', { name: /Allow List Chats to access your account/ }).waitFor();
      await walk.look('consent-preview');
      await page.getByRole('combobox', { name: 'See it as' }).selectOption('Another organization');
      await page.getByText('They are refused:', { exact: false }).waitFor();
      assert.deepEqual(walk.problems, []);
      await context.close();
    });

  it('no page loads more than 200 KB of compressed script at first', async () => {
    const base = `/console/apps/${app.details.app.id}`;
    for (const path of ['/console/apps', '/console/tools/token', `${base}/authorization`]) {
      const { page, context } = await open('budget', 1440, 'light');
      await page.goto(world.url + path, { waitUntil: 'networkidle' });
      const bytes = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.endsWith('.js'))
          .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
      );
      assert.ok(bytes > 0 && bytes < 200 * 1024, `${path} loads ${bytes} bytes of script`);
      await context.close();
    }
  });
});
