import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { type Answer, type Person, REDIRECT, type RegisteredApp, type World } from '../support/world.ts';

export const LIST = '/v3.6/agent/action/list_chats';

export interface PkcePair {
  verifier: string;
  challenge: string;
}

export function pkcePair(): PkcePair {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** An authorization request of the standard dialect; a parameter set to '' is sent empty. */
export function standardQuery(app: RegisteredApp, more: Record<string, string> = {}): string {
  const parameters = { response_type: 'code', client_id: app.clientId, redirect_uri: REDIRECT, ...more };
  return `/oauth2/authorize?${new URLSearchParams(parameters)}`;
}

/** Sends a form to an endpoint. */
export async function post(
  world: World,
  path: string,
  form: Record<string, string> | URLSearchParams,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(world.url + path, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

export function basic(app: RegisteredApp, secret = app.clientSecret): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${app.clientId}:${secret}`).toString('base64')}` };
}

/** The client by form fields: with its secret where it has one. */
export function byForm(app: RegisteredApp): Record<string, string> {
  return {
    client_id: app.clientId,
    ...(app.clientSecret === '' ? {} : { client_secret: app.clientSecret }),
  };
}

/** Where a logged-in browser is sent back to. */
export async function answerFor(
  person: Person,
  app: RegisteredApp,
  more: Record<string, string> = {},
): Promise<URLSearchParams> {
  const answer = await person.browser.get(standardQuery(app, more));
  assert.equal(answer.status, 303, answer.text.slice(0, 300));
  const { location = '' } = answer;
  assert.ok(location.startsWith(`${REDIRECT}?`), `authorization led to ${location}`);
  return new URL(location).searchParams;
}

/** A code with PKCE, and the form that exchanges it. */
export async function exchangeOf(
  person: Person,
  app: RegisteredApp,
  more: Record<string, string> = {},
): Promise<Record<string, string>> {
  const { verifier, challenge } = pkcePair();
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = (await answerFor(person, app, { ...pkce, ...more })).get('code');
  assert.ok(code);
  return {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: REDIRECT,
    ...byForm(app),
  };
}

/** Tokens by code and PKCE at the standard endpoints. */
export async function tokensOf(
  world: World,
  person: Person,
  app: RegisteredApp,
  more: Record<string, string> = {},
): Promise<{ access_token: string; refresh_token: string; scope: string; expires_in: number }> {
  const answer = await post(world, '/oauth2/token', await exchangeOf(person, app, more));
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

export function refreshOf(app: RegisteredApp, refreshToken: string): Record<string, string> {
  return { grant_type: 'refresh_token', refresh_token: refreshToken, ...byForm(app) };
}

/** The status with which the Agent Chat API takes a token. */
export async function opens(world: World, token: string): Promise<number> {
  return (await world.call(LIST, {}, `Bearer ${token}`)).status;
}
