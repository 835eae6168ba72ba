import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from './support/browser.ts';
import {
  authorizeQuery,
  openWorld,
  PASSWORD,
  type Person,
  type RegisteredApp,
  type World,
} from './support/world.ts';

/** Passkeys as people meet them, with an authenticator that Chromium pretends to have. */
describe('passkeys in a browser', skipUnlessBrowser(), () => {
  let world: World;
  let ann: Person;
  let app: RegisteredApp;
  let pages: Server;
  let callback: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let devtools: CDPSession;
  const errors: string[] = [];
  before(async () => {
    pages = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>The app</title>');
    });
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    callback = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/callback`;
    world = await openWorld();
    const acme = await world.organization();
    ann = await world.person(acme);
    app = await world.app(ann, acme, { redirectUris: [callback] });
    browser = await launchBrowser();
    context = await browser.newContext();
    page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
  });
  after(async () => {
    await browser?.close();
    await world?.close();
    await new Promise((resolve) => pages?.close(resolve));
  });

  const plugIn = async (present: boolean) => {
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: present,
      },
    });
    return authenticatorId;
  };

  it('registers one, signs in with it through an authorization, and keeps to the policy of the pages', async () => {
    await page.goto(`${world.url}/signin?next=%2Faccount%2Fsecurity`);
    await page.getByLabel('Email').fill(ann.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('link', { name: 'Add a passkey' }).click();
    const authenticatorId = await plugIn(true);
    await page.getByLabel('Name').fill('This very browser');
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await page.getByRole('heading', { name: 'This very browser' }).waitFor();
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    assert.equal(credentials.length, 1);
    assert.equal(credentials[0]?.rpId, 'localhost');
    assert.equal(credentials[0]?.isResidentCredential, true);

    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
    // Until the button is pressed nobody touches the authenticator.
    await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
    await page.goto(world.url + authorizeQuery(app, { state: 'from-the-app', redirect_uri: callback }));
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(`${callback}?**`);
    const { searchParams } = new URL(page.url());
    assert.ok(searchParams.get('code'));
    assert.equal(searchParams.get('state'), 'from-the-app');
    assert.deepEqual(errors, []);

    await page.goto(`${world.url}/account/security`);
    await page.getByText('last used just now').waitFor();
    await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  });

  it('shows the QR code within the policy of the pages, large enough to be scanned', async () => {
    await page.goto(`${world.url}/account/two-step`);
    const box = await page.getByRole('img', { name: /QR code/ }).boundingBox();
    assert.ok(box && box.width >= 200 && box.width === box.height);
    assert.deepEqual(errors, []);
  });

  it('says what happened when the person is not verified, or the browser cannot', async () => {
    const authenticatorId = await plugIn(true);
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.goto(`${world.url}/account/passkeys/add`);
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await page.getByText('It was cancelled, or took too long').waitFor();
    await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });

    const old = await browser.newContext();
    await old.addInitScript('delete window.PublicKeyCredential');
    const signIn = await old.newPage();
    await signIn.goto(`${world.url}/signin`);
    await signIn.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await signIn.getByText('This browser cannot use passkeys').waitFor();
    await old.close();
  });
});
