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
});
