import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import { seconds } from '../../server/kernel/clock.ts';
import { type Authenticator, type Lies, softwareAuthenticator } from './authenticator.ts';
import { type Browser, hiddenFields, type PageAnswer } from './browser_session.ts';
import { PASSWORD, type Person, type World } from './world.ts';

/** Somebody whose account asks for a second step. */
export interface TwoStepPerson extends Person {
  secret: string;
  recoveryCodes: string[];
}

/** The code that an authenticator app shows, `aside` steps of 30 seconds from now. */
export function codeAt(world: World, secret: string, aside = 0): string {
  const timestamp = (world.server.clock.now() + seconds(30 * aside)) / 1000;
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp });
}

/** Moves on to a step of which no code was used yet. */
export function nextStep(world: World): void {
  world.server.clock.advance(seconds(60));
}

/** What the setup page shows. */
export function secretIn(page: string): string {
  return (/<code class="secret"[^>]*>([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '');
}

export function recoveryCodesIn(page: string): string[] {
  const block = /<pre class="codes"[^>]*>([^<]+)</.exec(page)?.[1] ?? '';
  return block.trim().split('\n');
}

/** Turns two-step sign-in on, as a person does, within five minutes of logging in. */
export async function withTwoStep(world: World, person: Person): Promise<TwoStepPerson> {
  const { browser } = person;
  const page = await browser.get('/account/two-step');
  assert.equal(page.status, 200);
  const secret = secretIn(page.text);
  const form = { ...hiddenFields(page.text), code: codeAt(world, secret) };
  const done = await browser.post('/account/two-step', form);
  assert.equal(done.status, 200);
  const recoveryCodes = recoveryCodesIn(done.text);
  assert.equal(recoveryCodes.length, 10);
  nextStep(world);
  return { ...person, secret, recoveryCodes };
}

/** Gives the password. @returns where the second step is asked for */
export async function firstStep(browser: Browser, email: string, path = '/signin'): Promise<string> {
  const answer = await browser.submit(path, { email, password: PASSWORD }, '/signin');
  assert.equal(answer.status, 303, answer.text.slice(0, 500));
  assert.match(answer.location ?? '', /^\/signin\/verify/);
  return answer.location ?? '';
}

/** The options that a page's script gets for an authenticator. */
export async function passkeyOptions(browser: Browser, page: string, path: string) {
  const { csrf_token = '' } = hiddenFields((await browser.get(page)).text);
  const answer = await browser.post(path, { csrf_token });
  assert.equal(answer.status, 200, `${path} answered ${answer.status}`);
  return JSON.parse(answer.text) as Parameters<Authenticator['get']>[0];
}

/** Adds a passkey, as a person does, within five minutes of logging in. */
export async function addPasskey(world: World, person: Person, name = 'Laptop'): Promise<Authenticator> {
  const { browser } = person;
  const authenticator = softwareAuthenticator(world.url);
  const options = await passkeyOptions(browser, '/account/passkeys/add', '/account/passkeys/add/options');
  const answer = await browser.submit('/account/passkeys/add', {
    name,
    credential: authenticator.create(options),
  });
  assert.equal(answer.location, '/account/security?done=passkey_added', answer.text.slice(0, 3000));
  return authenticator;
}

/** Signs in with a passkey. */
export async function passkeySignIn(
  browser: Browser,
  authenticator: Authenticator,
  lies: Lies = {},
  page = '/signin',
): Promise<PageAnswer> {
  const options = await passkeyOptions(browser, page, '/signin/passkey/options');
  return browser.submit(page, { credential: authenticator.get(options, lies) }, '/signin/passkey');
}
