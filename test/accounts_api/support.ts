import assert from 'node:assert/strict';
import type { ScopeId } from '../../server/wire/scope_catalogue.ts';
import type { Answer, Organization, Person, World } from '../support/world.ts';

/** A personal access token of somebody, as HTTP Basic carries it. */
export async function basicOf(
  world: World,
  { licenseId }: Organization,
  person: { accountId: string },
  scopes: ScopeId[],
): Promise<string> {
  const own = await world.server.services.identity.member(licenseId, person.accountId);
  assert.ok(own);
  const form = { name: 'CLI', scopes, expiresInDays: 1 };
  const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
  const { secret } = await world.server.services.grants.personal.create(own.membership, form, actor);
  return `Basic ${btoa(`${person.accountId}:${secret}`)}`;
}

/** A call of the Global Accounts API. */
export async function callV2(
  world: World,
  authorization: string | undefined,
  method: string,
  path: string,
  body?: object | FormData,
): Promise<Answer> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${world.url}/v2${path}`, {
    method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** The newest mail to an address. */
export async function mailTo(
  world: World,
  email: string,
): Promise<{ subject: string; text: string; token: string }> {
  const mails = await world.server.services.identity.outbox.latest(50);
  const mail = mails.find(({ recipient }) => recipient === email);
  assert.ok(mail, `a mail to ${email}`);
  return { ...mail, token: /token=([\w-]+)/.exec(mail.text)?.[1] ?? '' };
}

export async function isLoggedIn(person: Pick<Person, 'browser'>): Promise<boolean> {
  return (await person.browser.get('/account')).status === 200;
}
