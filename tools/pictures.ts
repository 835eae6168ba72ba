// Makes the pictures of the documentation anew: walks a server of its own in a browser, as docs/walk.md tells
// it, and writes docs/images/*.png. Look at them before you commit: a picture can be wrong without failing.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { readConfig } from '../server/app/config.ts';
import { demo } from '../server/app/demo/demo_seed.ts';
import { type RunningServer, startServer } from '../server/app/start.ts';
import { launchBrowser } from '../test/support/browser.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'docs/images');

/** The pictures are part of every clone, so they stay small. In bytes. */
const LARGEST = 250_000;
const LARGEST_TOGETHER = 2_500_000;

/** The port that the documentation speaks of. */
const USUAL_PORT = 8080;
const DESKTOP = { width: 1440, height: 900 };
/** The picture of the README shows a window that is zoomed out, so that the parts are seen together. */
const OVERVIEW_SCALE = 0.75;
/** Pages of one column, and the long one, are taken narrower, so that they stay legible beside text. */
const NARROW = 900;
const LONG = 1100;
/** Space around a part of a page that is taken alone. */
const MARGIN = 12;

/** Who walks: not a person of the demo, whose organization has apps already. */
const person = {
  name: 'Maya Brooks',
  email: 'maya@harbour-books.test',
  company: 'Harbour Books',
  password: 'nine lamps along the quay',
};
const appName = 'Chat report';
const redirectUri = demo.serverSideApp.redirectUri;

const taken = new Map<string, number>();

if (!existsSync(join(root, 'dist/console/index.html')))
  throw new Error('The Console is not built yet. Run `npm run build` first.');
mkdirSync(target, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-pictures-'));
try {
  const port = (await isFree(USUAL_PORT)) ? USUAL_PORT : 0;
  if (port === 0) say(`Port ${USUAL_PORT} is taken: the pictures will show another one.`);
  const server = await startServer(readConfig(['--demo', '--data-dir', folder, '--port', `${port}`], {}), {
    logger: false,
  });
  try {
    const browser = await launchBrowser();
    try {
      const overview = await openPage(browser, OVERVIEW_SCALE);
      await takeConsole(server, overview);
      await takeInbox(server, overview);
      await takeWalk(server, await openPage(browser));
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
checkSizes();

/** The picture of the README: an app of the demo, with everything filled in. */
async function takeConsole(server: RunningServer, page: Page): Promise<void> {
  await page.goto(`${server.url}/signin`);
  await page.getByLabel('Email').fill(demo.owner.email);
  await page.getByLabel('Password', { exact: true }).fill(demo.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname !== '/signin');
  await page.goto(`${server.url}/console/apps/${demo.serverSideApp.id}/authorization`);
  await page.getByRole('textbox', { name: 'Client Id' }).waitFor();
  // From the Client Id on: the headings above it would cost the scopes their place.
  await scrollBelowHeader(page, page.getByText('Client Id', { exact: true }).first());
  await take(page, 'console');
}

/** A chat of the demo, by the same person. */
async function takeInbox(server: RunningServer, page: Page): Promise<void> {
  await page.goto(`${server.url}/inbox`);
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.getByRole('complementary', { name: 'Details' }).getByText('Known since').waitFor();
  await take(page, 'inbox');
}

async function takeWalk(server: RunningServer, page: Page): Promise<void> {
  await takeSignUp(server, page);
  const credentials = await takeNewApp(server, page);
  await takeTryIt(server, page, credentials);

  await page.goto(authorizeAddress(server, credentials.clientId, redirectUri, { prompt: 'consent' }));
  await page.getByRole('heading', { name: `Allow ${appName} to access your account?` }).waitFor();
  await takeNarrow(page, 'walk-consent');

  await page.goto(`${server.url}/account/apps`);
  await page.getByRole('heading', { name: appName }).waitFor();
  await takeNarrow(page, 'walk-account-apps');

  await page.goto(authorizeAddress(server, credentials.clientId, `${redirectUri}s`));
  await page.getByText('Closest registered').waitFor();
  await takeNarrow(page, 'walk-ooops');

  await takePersonalAccessToken(server, page);
}

async function takeSignUp(server: RunningServer, page: Page): Promise<void> {
  await page.goto(`${server.url}/signup`);
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Company').fill(person.company);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await takeNarrow(page, 'walk-sign-up');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'No apps yet' }).waitFor();

  await page.goto(`${server.url}/dev/mail`);
  await page.getByRole('link', { name: /confirm/i }).click();
  await page.getByRole('region', { name: 'Text of the mail' }).waitFor();
  await takeNarrow(page, 'walk-mail');
}

interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** From the empty Console to App Authorization, saved; the fresh secret stays on the page. */
async function takeNewApp(server: RunningServer, page: Page): Promise<Credentials> {
  await page.goto(`${server.url}/console`);
  await page.getByRole('heading', { name: 'No apps yet' }).waitFor();
  await take(page, 'walk-no-apps');

  await page.getByRole('button', { name: 'Create new app' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill(appName);
  await take(page, 'walk-create-app');
  await page.getByRole('button', { name: 'Create app', exact: true }).click();
  await page.waitForURL(/\/overview$/);

  // Loaded anew, so that no message about the new app covers the page.
  await page.goto(page.url().replace('/overview', '/building-blocks'));
  await page.getByText('Not added yet').waitFor();
  await take(page, 'walk-building-blocks');

  await page.getByRole('link', { name: 'Get started' }).click();
  await page.getByText('Server-side app', { exact: true }).click();
  await take(page, 'walk-client-type');
  await page.getByRole('button', { name: 'Add App Authorization' }).click();
  await page.getByText('Copy the secret now').waitFor();

  await page.getByLabel('Add a redirect URI').fill(redirectUri);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: `Remove ${redirectUri}` }).waitFor();
  await page.getByRole('button', { name: 'Select scopes' }).click();
  await page.getByLabel('Search scopes').fill('chats');
  for (const scope of ['chats--all:ro', 'chats--all:rw'])
    await page.getByRole('checkbox', { name: scope }).check();
  // The two stand apart; folded in, what lies between leaves room for both.
  for (const between of [1, 2]) await page.locator('.scope_scroll summary').nth(between).click();
  await page.locator('.scope_scroll').evaluate((list) => list.scrollTo(0, 0));
  await take(page, 'walk-scopes');
  await page.getByLabel('Search scopes').fill('customers:own');
  await page.getByRole('checkbox', { name: 'customers:own' }).check();
  await page.getByRole('button', { name: 'Use 3 scopes' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('button', { name: 'All saved' }).waitFor();
  await takeLong(page, 'walk-authorization');

  return {
    clientId: await page.getByRole('textbox', { name: 'Client Id' }).inputValue(),
    clientSecret: await page.getByRole('textbox', { name: 'Client Secret' }).first().inputValue(),
  };
}

/** Nothing listens at the redirect URI: the address is read from the answer that leads there. */
async function takeTryIt(server: RunningServer, page: Page, credentials: Credentials): Promise<void> {
  const href = await page.getByRole('link', { name: 'Open in a new tab' }).getAttribute('href');
  const answer = await page.request.get(href ?? '', { maxRedirects: 0 });
  const address = answer.headers().location ?? '';
  const code = URL.parse(address)?.searchParams.get('code');
  if (!code) throw new Error(`${href} answered ${answer.status()}, to "${address}": ${await answer.text()}`);
  await page.getByLabel('2. Paste the address').fill(address);
  await takePart(page, page.locator('#try_it'), 'walk-try-it');

  const exchanged = await fetch(`${server.url}/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      redirect_uri: redirectUri,
    }),
  });
  const { access_token: accessToken } = (await exchanged.json()) as { access_token?: string };
  const listed = await fetch(`${server.url}/v3.6/agent/action/list_chats`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: '{}',
  });
  if (!listed.ok) throw new Error(`List Chats answered ${listed.status}: ${await listed.text()}`);
}

async function takePersonalAccessToken(server: RunningServer, page: Page): Promise<void> {
  await page.setViewportSize(DESKTOP);
  await page.goto(`${server.url}/console`);
  await page.getByRole('link', { name: 'Personal access tokens' }).click();
  await page.getByRole('button', { name: 'Create a token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Nightly report');
  await page.getByRole('dialog').getByRole('button', { name: 'Select scopes' }).click();
  await page.getByLabel('Search scopes').fill('list_chats');
  await page.getByRole('checkbox', { name: 'chats--all:ro' }).check();
  await page.getByRole('button', { name: 'Use 1 scope' }).click();
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('heading', { name: 'Your new token' }).waitFor();
  await take(page, 'walk-personal-access-token');
}

function authorizeAddress(
  server: RunningServer,
  clientId: string,
  uri: string,
  more: Record<string, string> = {},
): string {
  const query = { response_type: 'code', client_id: clientId, redirect_uri: uri, state: 'walk', ...more };
  return `${server.url}/?${new URLSearchParams(query)}`;
}

/** A window whose picture is as large as `DESKTOP`, at any scale. */
async function openPage(browser: Browser, scale = 1): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: DESKTOP.width / scale, height: DESKTOP.height / scale },
    deviceScaleFactor: scale,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  return context.newPage();
}

/** What a visitor sees in a window of the usual size. */
async function take(page: Page, name: string): Promise<void> {
  await settle(page);
  write(name, await page.screenshot());
}

/** A page of one column, in a window that is just as high as the page. */
async function takeNarrow(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: NARROW, height: 400 });
  await fitHeight(page);
  await take(page, name);
  await page.setViewportSize(DESKTOP);
}

/**
 * A page of the Console down to its save bar. The window is made that high: on a picture longer than the
 * window the sticky header and save bar would float in the middle.
 */
async function takeLong(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: LONG, height: DESKTOP.height });
  await fitHeight(page);
  await settle(page);
  const bar = await page.getByRole('region', { name: 'Saving' }).boundingBox();
  if (!bar) throw new Error(`${name}: there is no save bar.`);
  const height = Math.round(bar.y + bar.height + MARGIN);
  write(name, await page.screenshot({ clip: { x: 0, y: 0, width: LONG, height } }));
  await page.setViewportSize(DESKTOP);
}

/** One part of a page. */
async function takePart(page: Page, part: Locator, name: string): Promise<void> {
  await page.setViewportSize({ width: LONG, height: DESKTOP.height });
  await fitHeight(page);
  await settle(page);
  const box = await part.boundingBox();
  if (!box) throw new Error(`${name}: the part is not on the page.`);
  const [x, y] = [box.x - MARGIN, box.y - MARGIN];
  const clip = { x, y, width: box.width + 2 * MARGIN, height: box.height + 2 * MARGIN };
  write(name, await page.screenshot({ clip }));
  await page.setViewportSize(DESKTOP);
}

/** Scrolls the Console so that an element is the first thing under its sticky header. */
async function scrollBelowHeader(page: Page, element: Locator): Promise<void> {
  await settle(page);
  const header = await page.locator('header').boundingBox();
  const box = await element.boundingBox();
  if (!header || !box) throw new Error('There is nothing to scroll to.');
  await page.evaluate((by) => window.scrollBy(0, by), box.y - header.height - MARGIN);
}

async function fitHeight(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: page.viewportSize()?.width ?? NARROW, height });
}

/** No pointer on a button, no frame around the last field, nothing that still moves. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running'),
  );
}

function write(name: string, picture: Buffer): void {
  writeFileSync(join(target, `${name}.png`), picture);
  taken.set(name, picture.length);
  say(`${`${name}.png`.padEnd(36)} ${Math.round(picture.length / 1000)} KB`);
}

function checkSizes(): void {
  const large = [...taken].filter(([, size]) => size > LARGEST).map(([name]) => `${name}.png`);
  const together = [...taken.values()].reduce((sum, size) => sum + size, 0);
  say(`${taken.size} pictures, ${Math.round(together / 1000)} KB`);
  if (large.length > 0) throw new Error(`Over ${LARGEST / 1000} KB: ${large.join(', ')}.`);
  if (together > LARGEST_TOGETHER) throw new Error(`Together over ${LARGEST_TOGETHER / 1000} KB.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
