import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import { openWorld, PASSWORD, type World } from '../support/world.ts';

/** Where pictures of each step are put, when somebody wants to look at them. */
const PICTURES = process.env.WALK_PICTURES;

/** An integration's own web page: takes the code and asks for the chats, as a server-side app does. */
interface SampleApp {
  redirectUri: string;
  /** Set once the Console has shown them. */
  credentials: { clientId: string; clientSecret: string };
  close(): Promise<void>;
}

async function startSampleApp(world: World): Promise<SampleApp> {
  const credentials = { clientId: '', clientSecret: '' };
  const redirectUri = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  const server: Server = createServer(async (request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const code = new URL(request.url ?? '', 'http://x').searchParams.get('code');
    if (!code)
      return response.end('<!doctype html><html lang="en"><title>App</title><h1>No code</h1></html>');
    const exchanged = await world.token({
      grant_type: 'authorization_code',
      code,
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      redirect_uri: redirectUri(),
    });
    const listed = await world.call(
      '/v3.6/agent/action/list_chats',
      {},
      `Bearer ${exchanged.body.access_token}`,
    );
    return response.end(
      `<!doctype html><html lang="en"><title>App</title><h1>${listed.body.found_chats} chats</h1><pre>${JSON.stringify(listed.body).replaceAll('<', '&lt;')}</pre></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    redirectUri: redirectUri(),
    credentials,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** One walk from sign-up to real chats at one size and colour; each has a file of its own, so that they run side by side. */
export function describeWalk(
  name: string,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
): void {
  describe(`the walk in a browser (${name})`, skipUnlessBrowser(), () => {
    let world: World;
    let browser: Browser;
    let sample: SampleApp;
    before(async () => {
      world = await openWorld();
      sample = await startSampleApp(world);
      browser = await launchBrowser();
    });
    after(async () => {
      await browser?.close();
      await sample?.close();
      await world?.close();
    });

    it('leads from sign-up to real chats', { timeout: 240_000 }, async () => {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const walk = startWalk(context, await context.newPage(), name);
      const { page } = walk;

      await page.goto(`${world.url}/signup`);
      await walk.look('sign-up');
      await page.getByLabel('Name').fill('Olivia Owner');
      await page.getByLabel('Email').fill(`${name}@example.test`);
      await page.getByLabel('Company').fill('Acme');
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: /sign up|create/i }).click();

      await page.getByRole('heading', { name: 'No apps yet' }).waitFor();
      await walk.look('console-empty');
      await page.getByRole('button', { name: 'Create new app' }).first().click();
      await page.getByRole('dialog').getByLabel('Name').fill('List Chats');
      await walk.look('create-app');
      await page.getByRole('button', { name: 'Create app', exact: true }).click();
      await page.waitForURL(/\/overview$/);
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
      await walk.look('overview');

      await page.goto(page.url().replace('/overview', '/building-blocks'));
      await page.getByText('Get started').click();
      await page.getByText('Server-side app', { exact: true }).click();
      await walk.look('choose-client-type');
      await page.getByRole('button', { name: 'Add App Authorization' }).click();

      await page.getByText('Copy the secret now').waitFor();
      sample.credentials.clientId = await page.getByRole('textbox', { name: 'Client Id' }).inputValue();
      sample.credentials.clientSecret = await page
        .getByRole('textbox', { name: 'Client Secret' })
        .first()
        .inputValue();
      assert.match(sample.credentials.clientId, /^[0-9a-f]{32}$/);
      assert.ok(sample.credentials.clientSecret.length >= 32);

      await page.getByLabel('Add a redirect URI').fill('https://user@www.example.com/');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText(/user/i).filter({ visible: true }).first().waitFor();
      await walk.look('redirect-refused');
      await page.getByLabel('Add a redirect URI').fill(sample.redirectUri);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('button', { name: `Remove ${sample.redirectUri}` }).waitFor();
      await page.getByRole('button', { name: 'Select scopes' }).click();
      await page.getByLabel('Search scopes').fill('list_chats');
      await walk.look('select-scopes');
      await page.getByRole('checkbox', { name: /chats--all:ro/ }).check();
      await page.getByRole('button', { name: /^Use 1 scope/ }).click();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('All saved').filter({ visible: true }).first().waitFor();
      await walk.look('authorization-saved');

      const address = await page.getByRole('link', { name: 'Open in a new tab' }).getAttribute('href');
      assert.ok(address?.startsWith(`${world.url}/?`), `the authorize address is ${address}`);
      await page.reload();
      await page.getByRole('textbox', { name: 'Client Id' }).waitFor();
      assert.ok(
        !(await page.content()).includes(sample.credentials.clientSecret),
        'the secret is shown once',
      );

      await makeChat(world, `${name}@example.test`);
      await page.goto(`${address}&prompt=consent`);
      await page.getByRole('heading', { name: /Allow List Chats to access your account\?/ }).waitFor();
      await walk.look('consent');
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.getByRole('heading', { name: '1 chats' }).waitFor();
      assert.match(page.url(), /\/callback\?code=dal%3A/);
      const answer = JSON.parse((await page.locator('pre').textContent()) ?? '') as {
        chats_summary: { last_event_per_type: { message?: { event: { text: string } } } }[];
      };
      assert.equal(answer.chats_summary[0]?.last_event_per_type.message?.event.text, 'Is the shop open?');

      await page.goto(`${world.url}/account/apps`);
      await page.getByText('List Chats').filter({ visible: true }).first().waitFor();
      await walk.look('apps-with-access');
      await page.goto(
        `${world.url}/?response_type=code&client_id=${sample.credentials.clientId}&redirect_uri=${encodeURIComponent(`${sample.redirectUri}s`)}`,
      );
      await page.getByText('Closest registered').waitFor();
      await walk.look('ooops');
      for (const path of ['/docs/walk', '/dev/mail', '/']) {
        await page.goto(world.url + path);
        await walk.look(path.replaceAll('/', '-').slice(1) || 'home');
      }

      assert.deepEqual(walk.problems, []);
      await context.close();
    });
  });
}

/** Looks at each step: no error in the console, nothing wider than the window, no axe violation. */
export function startWalk(context: BrowserContext, page: Page, name: string) {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // The answers that are errors on purpose are reported by the browser too.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) problems.push(message.text());
  });
  return {
    page,
    problems,
    context,
    async look(step: string): Promise<void> {
      // Dialogs and pages fade in; axe would judge their half-transparent colours.
      await page.waitForFunction(() =>
        document.getAnimations().every((animation) => animation.playState !== 'running'),
      );
      if (PICTURES) {
        mkdirSync(PICTURES, { recursive: true });
        await page.screenshot({ path: join(PICTURES, `${name}-${step}.png`), fullPage: true });
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      const spilling = await page.evaluate(spillingElements);
      for (const one of spilling) problems.push(`${step}: spills out of its box: ${one}`);
      if (overflow > 0) problems.push(`${step}: ${overflow} px wider than the window`);
      // A frame without scripts cannot be asked: axe would wait for ever. What it shows is looked at by itself.
      const { violations } = await new AxeBuilder({ page }).exclude('iframe[sandbox]').analyze();
      for (const { id, nodes } of violations)
        problems.push(`${step}: ${id} at ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    },
  };
}

/** A customer has written to the organization of this person. */
async function makeChat(world: World, email: string): Promise<void> {
  const { storage, services } = world.server.composition;
  const account = await storage.read.identity.accountByEmail(email);
  const [own] = await services.identity.organizationsOf(account?.id ?? '');
  assert.ok(own);
  const { licenseId } = own.organization;
  const customer = await services.chats.createCustomer({ licenseId, name: 'Carl Customer' });
  await services.chats.startChat(
    { kind: 'customer', licenseId, customerId: customer.id, ip: '127.0.0.1', userAgent: 'test' },
    { active: true, chat: { thread: { events: [{ type: 'message', text: 'Is the shop open?' }] } } },
  );
}

/** Runs in the page: text that stands outside the box that should hold it, though the page is not too wide. */
function spillingElements(): string[] {
  return [...document.querySelectorAll('main p, main dd, main h1, main h2, main code, main button')]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const holder = element
        .closest('.card, .panel, .diagnosis, section, dialog, li')
        ?.getBoundingClientRect();
      const scrolls = element.closest('pre, .table-scroll, [class*=ScrollArea]') !== null;
      return holder && !scrolls && box.width > 0 && holder.width > 0 && box.right > holder.right + 1;
    })
    .map((element) => element.outerHTML.slice(0, 100));
}
