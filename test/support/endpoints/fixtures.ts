import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { pkcePair, post, standardQuery } from '../../standard/support.ts';
import { authorizeQuery, codeFor, REDIRECT, type RegisteredApp, tokensFor, type World } from '../world.ts';
import { consoleOwner, type SignedIn } from './people.ts';

/** One live thing of each kind that a request may name. */
export interface Fixtures {
  person: SignedIn;
  organizationId: string;
  /** A server-side app whose tokens are here, and one that requests may change or delete. */
  app: RegisteredApp;
  victim: RegisteredApp;
  publicApp: RegisteredApp;
  code: string;
  standardCode: string;
  verifier: string;
  challenge: string;
  accessToken: string;
  refreshToken: string;
  personalToken: { id: string; secret: string };
  customerToken: string;
  customerId: string;
  identityTransfer: string;
  deviceCode: string;
  userCode: string;
  requestUri: string;
  handle: string;
  grantId: string;
  resetToken: string;
  confirmToken: string;
  /** An app that registered itself, and the token by which it changes itself. */
  registered: { clientId: string; token: string };
  chatId: string;
  threadId: string;
}

const SCOPES = ['chats--all:rw', 'chats--access:rw', 'customers:own'];
/** Makes an organization of its own with everything in it. Costs no password hash. */
export async function openFixtures(world: World): Promise<Fixtures> {
  const { services } = world.server;
  // Of its own, so that no throttle counts the fixtures of a long test together.
  const actor = { ip: randomUUID(), userAgent: 'test', requestId: 'test' };
  const organization = await world.organization('Fixture & <b>Sons</b>');
  const person = await consoleOwner(world, organization);
  const editor = { licenseId: organization.licenseId, accountId: person.accountId, actor };
  const [app, victim, publicApp] = await Promise.all([
    world.app(person, organization, { scopes: SCOPES }),
    world.app(person, organization, { scopes: SCOPES }),
    world.app(person, organization, { type: 'javascript_app', scopes: SCOPES }),
  ]);
  await services.apps.install(editor, victim.details.app.id);

  const { access_token: accessToken, refresh_token: refreshToken } = await tokensFor(world, person, app);
  const bearer = `Bearer ${accessToken}`;
  const { verifier, challenge } = pkcePair();
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  const answer = await person.browser.get(standardQuery(app, pkce));
  const standardCode = new URL(answer.location ?? '').searchParams.get('code') ?? '';
  const personal = await person.call('POST', '/console/api/personal_access_tokens', {
    name: 'Fixture',
    scopes: ['chats--all:ro'],
  });
  const client = { client_id: app.clientId, client_secret: app.clientSecret };
  const device = await post(world, '/oauth2/device_authorization', client);
  const pushed = await post(world, '/oauth2/par', {
    ...client,
    response_type: 'code',
    redirect_uri: REDIRECT,
    ...pkce,
  });
  const customer = await world.call(
    '/v2/customer/token',
    { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' },
    bearer,
  );
  const customerToken: string = customer.body.access_token;
  const transfer = await world.call(
    '/v2/customer/identity_transfer',
    { bearer_type: 'customer', client_id: app.clientId },
    `Bearer ${customerToken}`,
  );
  const chat = await world.call(
    `/v3.6/customer/action/start_chat?organization_id=${organization.id}`,
    { chat: { thread: { events: [{ type: 'message', text: 'Hello' }] } } },
    `Bearer ${customerToken}`,
  );
  assert.equal(chat.status, 200, JSON.stringify(chat.body));
  const { location = '' } = await person.browser.get(authorizeQuery(app, { prompt: 'consent' }));
  const [granted] = await services.grants.grantsOf(person.accountId);
  await services.identity.passwords.forgot(person.email, actor);
  await world.server.composition.storage.write((stores) =>
    services.identity.confirmation.request(stores, { ...person, name: 'Fixture' }),
  );
  const mails = await services.identity.outbox.latest(20);
  const link = (path: string) =>
    mails
      .filter(({ recipient }) => recipient === person.email)
      .map(({ text }) => new RegExp(`${path}\\?token=([^\\s"]+)`).exec(text)?.[1])
      .find((token) => token !== undefined) ?? '';

  await services.registration.settings.setMode(editor, 'open');
  const metadata = { redirect_uris: [REDIRECT], client_name: 'Registered' };
  const own = await services.registration.register(organization.id, undefined, metadata, actor);
  assert.ok(own.ok);

  const made: Fixtures = {
    person,
    organizationId: organization.id,
    app,
    victim,
    publicApp,
    code: await codeFor(person, app),
    standardCode,
    verifier,
    challenge,
    accessToken,
    refreshToken,
    personalToken: { id: personal.token.id, secret: personal.secret },
    customerToken,
    customerId: customer.body.entity_id,
    identityTransfer: transfer.body.identity_transfer_token,
    deviceCode: device.body.device_code,
    userCode: device.body.user_code,
    requestUri: pushed.body.request_uri,
    handle: new URL(location, world.url).searchParams.get('handle') ?? '',
    grantId: granted?.grant.id ?? '',
    resetToken: link('/reset-password'),
    confirmToken: link('/confirm-email'),
    registered: { clientId: own.value.client.clientId, token: own.value.registrationToken ?? '' },
    chatId: chat.body.chat_id,
    threadId: chat.body.thread_id,
  };
  for (const [name, value] of Object.entries(made)) assert.ok(value, `there is no ${name}`);
  return made;
}
