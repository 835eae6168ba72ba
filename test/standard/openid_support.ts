import { randomBytes } from 'node:crypto';
import { decodeJwt, type JWTPayload } from 'jose';
import { openBrowser } from '../support/browser_session.ts';
import type { Answer, Organization, Person, RegisteredApp, World } from '../support/world.ts';
import { exchangeOf, post } from './support.ts';

export const OPENID = 'openid profile email';
export const BYE = 'https://www.example.com/bye';

/** An app that signs people in, and may call one API. */
export const SIGN_IN_APP = {
  optional: ['openid', 'profile', 'email', 'customers:own'],
  postLogoutRedirectUris: [BYE],
};

export interface OpenidTokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
  scope: string;
}

/** Code, PKCE, nonce: all that a sign-in needs. */
export async function signIn(
  world: World,
  person: Person,
  app: RegisteredApp,
  more: Record<string, string> = {},
): Promise<OpenidTokens> {
  const nonce = randomBytes(8).toString('hex');
  const form = await exchangeOf(person, app, { scope: OPENID, nonce, ...more });
  const answer: Answer = await post(world, '/oauth2/token', form);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** Another browser of the person, logged in without the costly check of a password. */
export async function anotherBrowser(
  world: World,
  { licenseId }: Organization,
  person: Person,
  remember = false,
): Promise<Person> {
  const { composition, services, url } = world.server;
  const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
  const begun = await composition.storage.write((stores) =>
    services.identity.sessions.begin(stores, { accountId: person.accountId, licenseId, remember, actor }),
  );
  const browser = openBrowser(url);
  browser.cookies.set('gatehouse_session', begun.cookie);
  return { ...person, browser };
}

export function claimsOf(token: string): JWTPayload {
  return decodeJwt(token);
}

/** The same claims with something changed, under the old signature. */
export function tampered(token: string, change: Record<string, unknown>): string {
  const [header, , signature] = token.split('.');
  const payload = Buffer.from(JSON.stringify({ ...claimsOf(token), ...change })).toString('base64url');
  return `${header}.${payload}.${signature}`;
}

/** The same claims, signed by nobody. */
export function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}
