import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { registry } from '../../server/apis/registry/registry.ts';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import { openWorld, tokensFor, type World } from '../support/world.ts';
import { startWalk } from './walk.ts';

describe('the API reference', () => {
  let world: World;
  let token: string;
  before(async () => {
    world = await openWorld();
    const acme = await world.organization();
    const owner = await world.person(acme);
    token = (await tokensFor(world, owner, await world.app(owner, acme))).access_token;
  });
  after(() => world.close());

  it('has a place for every method, and says its scopes and errors', async () => {
    for (const [slug, methods] of [
      ['agent', registry.agent],
      ['customer', registry.customer],
      ['configuration-api', registry.configuration],
    ] as const) {
      const html = await (await fetch(`${world.url}/docs/${slug}`)).text();
      for (const method of methods) {
        assert.ok(html.includes(`<h2 id="${method.name}">`), method.name);
        if (method.api !== 'customer')
          for (const scope of method.scopes) assert.ok(html.includes(scope), scope);
      }
      assert.equal([...html.matchAll(/<summary>Python<\/summary>/g)].length, methods.length);
      assert.doesNotMatch(html, /\bundefined\b|\[object Object\]/);
    }
    const endpoints = await (await fetch(`${world.url}/docs/standard-endpoints`)).text();
    assert.match(endpoints, /POST \/oauth2\/token/);
  });

  it('finds methods and sections of guides without a script, and says so where there is nothing', async () => {
    const ask = async (q: string) =>
      (await fetch(`${world.url}/docs/search?q=${encodeURIComponent(q)}`)).text();
    assert.match(await ask('list chats'), /<ol class="found"><li><a href="\/docs\/agent#list_chats">/);
    assert.match(await ask('replayed code'), /href="\/docs\/[a-z-]+#/);
    const nothing = await ask('<script>alert(1)</script>');
    assert.match(nothing, /Nothing is called “&lt;script&gt;/);
    assert.doesNotMatch(nothing, /<script>alert/);
  });

  describe('in a browser', skipUnlessBrowser(), () => {
    let browser: Browser;
    before(async () => {
      browser = await launchBrowser();
    });
    after(() => browser?.close());

    for (const [name, width, colorScheme] of [
      ['phone', 360, 'dark'],
      ['desktop', 1440, 'light'],
    ] as const)
      it(`a method is found and called with a token of one's own (${name})`, async () => {
        const context = await browser.newContext({
          viewport: { width, height: 900 },
          colorScheme,
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        const walk = startWalk(context, page, `reference-${name}`);
        await page.goto(`${world.url}/docs`);
        await walk.look('home');
        await page.getByRole('searchbox').fill('list_chats');
        await page.getByRole('searchbox').press('Enter');
        await walk.look('search');
        await page.getByRole('link', { name: 'list_chats' }).first().click();
        const method = page.locator('details.try').first();
        await method.locator('summary').click();
        await method.getByRole('button', { name: 'Send' }).click();
        await method.getByText('Put your token in first').waitFor();
        assert.equal(
          await page.evaluate(() => document.activeElement?.getAttribute('type')),
          'password',
          'the field for the token has the focus',
        );
        await page.keyboard.type(token);
        await method.getByRole('button', { name: 'Send' }).click();
        await method.getByText('"found_chats": 0').waitFor();
        const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, location.href]));
        assert.ok(!kept.includes(token.slice(4)), 'the token stays in memory');
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px wider than the window`);
        // The same parts on a page that is not a thousand elements long, which axe takes a minute to read.
        await page.goto(`${world.url}/docs/authorization-endpoints`);
        await page.locator('details.try summary').first().click();
        await walk.look('method');
        assert.deepEqual(walk.problems, []);
        await context.close();
      });
  });
});
