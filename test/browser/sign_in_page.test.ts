import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import {
  IDP_ENTITY_ID,
  newSigningKey,
  type SigningKey,
  serveIdentityProvider,
} from '../support/identity_provider.ts';
import { type Organization, openWorld, PASSWORD, type Person, type World } from '../support/world.ts';
import { startWalk } from './walk.ts';

const MIA = 'mia@acme.example';

describe('single sign-on in a browser', skipUnlessBrowser(), () => {
  let world: World;
  let browser: Browser;
  let acme: Organization;
  let owner: Person;
  let key: SigningKey;
  let provider: Awaited<ReturnType<typeof serveIdentityProvider>>;
  const dns = new Map<string, string>();
  let signedInAs = MIA;
  before(async () => {
    world = await openWorld(undefined, [], {
      resolveTxt: async (name) => ({
        kind: 'records',
        records: dns.has(name) ? [[dns.get(name) ?? '']] : [],
      }),
    });
    acme = await world.organization('Acme');
    owner = await world.person(acme, { email: 'olivia@acme.example' });
    await world.person(acme, { account: 'member', chat: 'normal', email: MIA });
    key = await newSigningKey();
    provider = await serveIdentityProvider(key, {
      email: () => signedInAs,
      now: () => world.server.clock.now() / 1000,
      // Another site than the server: its form comes without cookies, as in the world.
      host: new URL(world.url).hostname === 'localhost' ? '127.0.0.1' : 'localhost',
    });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await provider?.close();
    await world?.close();
  });

  async function open(
    size: { width: number; height: number },
    colorScheme: 'light' | 'dark',
    person?: Person,
  ) {
    const context = await browser.newContext({ viewport: size, colorScheme, reducedMotion: 'reduce' });
    if (person)
      await context.addCookies(
        [...person.browser.cookies].map(([name, value]) => ({ name, value, url: world.url })),
      );
    return startWalk(context, await context.newPage(), `sign-in-${size.width}`);
  }

  it('is set up, tried out and switched on by an owner', { timeout: 240_000 }, async () => {
    const walk = await open({ width: 1440, height: 900 }, 'light', owner);
    const { page } = walk;
    await page.goto(`${world.url}/console/settings/sign-in`);
    await page.getByRole('heading', { level: 1, name: 'Sign-in' }).waitFor();
    await page.getByText('There is no domain yet.').waitFor();
    await walk.look('empty');
    await page.getByLabel('Domain', { exact: true }).fill('gmail.com');
    await page.getByRole('button', { name: 'Add domain' }).click();
    await page.getByText('belongs to no organization').first().waitFor();
    await page.getByLabel('Domain', { exact: true }).fill('acme.example');
    await page.getByRole('button', { name: 'Add domain' }).click();
    const name = page.getByLabel('Name of the record of acme.example', { exact: true });
    await name.waitFor();
    await page.getByRole('button', { name: 'Check acme.example now' }).click();
    await page.getByText('There is no TXT record of this name yet').waitFor();
    await walk.look('record');
    const value = page.getByLabel('Text of the record of acme.example', { exact: true });
    dns.set(await name.inputValue(), await value.inputValue());
    await page.getByRole('button', { name: 'Check acme.example now' }).click();
    await page.getByText('Verified', { exact: true }).waitFor();

    await page.getByLabel('Sign-on URL').fill(provider.url);
    await page.getByLabel('Entity ID of the provider').fill(IDP_ENTITY_ID);
    await page.getByLabel('Signing certificate').fill('no certificate');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Paste the signing certificate in PEM').first().waitFor();
    await page.getByLabel('Signing certificate').fill(key.certificate);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('SHA-256 fingerprint').waitFor();
    await walk.look('configured');

    await page.getByRole('link', { name: 'Test sign-in' }).click();
    await page.getByRole('button', { name: 'Sign in at the provider' }).click();
    await page.getByRole('heading', { name: 'It works' }).waitFor();
    await page.getByText('They would be logged in.').waitFor();
    await walk.look('tested');
    await page.getByRole('link', { name: 'Back to the settings' }).click();
    await page.getByRole('button', { name: 'Switch on' }).click();
    await walk.look('confirm');
    await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
    await page.getByText('Single sign-on is on').waitFor();
    const held = { name: 'Everybody logs in by single sign-on', checked: true };
    await page.getByRole('switch', held).waitFor();
    await walk.look('enforced');
    assert.deepEqual(walk.problems, []);
    await walk.context.close();
  });

  it('leads a person from the password form to the provider and into the Console, on a phone', {
    timeout: 120_000,
  }, async () => {
    const walk = await open({ width: 360, height: 740 }, 'dark');
    const { page } = walk;
    await page.goto(`${world.url}/signin`);
    await walk.look('form');
    await page.getByLabel('Email').fill(MIA);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in at the provider' }).click();
    await page.waitForURL(/\/console/);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await walk.context.close();

    signedInAs = 'stranger@acme.example';
    const again = await open({ width: 360, height: 740 }, 'light');
    await again.page.goto(`${world.url}/signin/sso`);
    await again.page.getByLabel('Work email').fill(MIA);
    await again.look('single');
    await again.page.getByRole('button', { name: 'Continue' }).click();
    await again.page.getByRole('button', { name: 'Sign in at the provider' }).click();
    await again.page.getByText('Ask its administrators to invite you').waitFor();
    await again.look('refused');
    assert.deepEqual([...walk.problems, ...again.problems], []);
    await again.context.close();
  });

  it('shows an owner the page on a phone, in the dark', { timeout: 120_000 }, async () => {
    const walk = await open({ width: 360, height: 740 }, 'dark', owner);
    await walk.page.goto(`${world.url}/console/settings/sign-in`);
    await walk.page.getByText('SHA-256 fingerprint').waitFor();
    await walk.look('phone');
    assert.deepEqual(walk.problems, []);
    await walk.context.close();
  });
});
