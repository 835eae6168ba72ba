import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from './support/browser.ts';
import { openWorld, type World } from './support/world.ts';

/** The cookie grant as pages meet it: cookies of another origin, and rules that the browser enforces. */
describe('the cookie grant in a browser', skipUnlessBrowser(), () => {
  let world: World;
  let pages: Server;
  let browser: Browser;
  let form: Record<string, string>;
  let registered: string;
  let unregistered: string;
  before(async () => {
    pages = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>A shop</title>');
    });
    await new Promise<void>((resolve) => pages.listen(0, resolve));
    const { port } = pages.address() as AddressInfo;
    registered = `http://localhost:${port}`;
    unregistered = `http://127.0.0.1:${port}`;
    world = await openWorld();
    const acme = await world.organization();
    const owner = await world.person(acme);
    const app = await world.app(owner, acme, {
      type: 'javascript_app',
      redirectUris: [`${registered}/callback`],
    });
    form = { grant_type: 'cookie', client_id: app.clientId, organization_id: acme.id };
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await world?.close();
    await new Promise((resolve) => pages?.close(resolve));
  });

  /** As a page's own script would; undefined when the browser keeps the answer from it. */
  const ask = (page: Page, contentType: string | undefined) =>
    page.evaluate(
      async ({ url, body, contentType }) => {
        const headers: Record<string, string> = contentType ? { 'content-type': contentType } : {};
        try {
          const answer = await fetch(url, { method: 'POST', credentials: 'include', body, headers });
          return (await answer.json()) as { entity_id?: string };
        } catch {
          return undefined;
        }
      },
      { url: `${world.url}/v2/customer/token`, body: JSON.stringify(form), contentType },
    );

  it('keeps the customer from page to page, with and without a preflight', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${registered}/products/1`);
    const first = await ask(page, undefined);
    assert.match(first?.entity_id ?? '', /^[0-9a-f-]{36}$/);
    await page.goto(`${registered}/products/2`);
    assert.equal((await ask(page, 'application/json'))?.entity_id, first?.entity_id);
    assert.equal(await page.evaluate(() => document.cookie), '');
    const kept = await context.cookies(`${world.url}/v2/customer/token`);
    assert.deepEqual(
      kept.map(({ name, path, httpOnly, secure, sameSite }) => ({ name, path, httpOnly, secure, sameSite })),
      ['__lc_cid', '__lc_cst'].map((name) => ({
        name,
        path: '/v2/customer',
        httpOnly: true,
        secure: true,
        sameSite: 'None',
      })),
    );
    await context.close();
  });

  it('gives nothing to a page of another origin', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(unregistered);
    for (const contentType of [undefined, 'application/json'])
      assert.equal(await ask(page, contentType), undefined);
    assert.deepEqual(await context.cookies(`${world.url}/v2/customer/token`), []);
    await context.close();
  });
});
