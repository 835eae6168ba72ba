import { REDIRECT } from '../world.ts';
import type { Fixtures } from './fixtures.ts';

/** Who sends a request: the credential goes where its kind belongs. */
export type Sender =
  | 'nobody'
  | 'stranger'
  | 'person'
  | 'agent'
  | 'customer'
  | 'personal'
  | 'client'
  | 'registered';

/** A request that is right, from which wrong ones are made. */
export interface Sample {
  as: Sender;
  /** The address, where the route has parameters. */
  path?: string;
  query?: Record<string, string>;
  form?: Record<string, string>;
  json?: Record<string, unknown>;
  bytes?: { type: string; data: Buffer };
  /** Comes from another site's page, which has no CSRF token to send. */
  foreignForm?: boolean;
  /** Costs a password hash, so that it is sent less often. */
  slow?: boolean;
}

type Samples = Record<string, (f: Fixtures) => Sample[]>;

const PASSWORD = 'correct horse battery staple';
const page = (query: Record<string, string> = {}): Sample => ({ as: 'person', query });
const byPerson = (form: Record<string, string> = {}, more: Partial<Sample> = {}): Sample => ({
  as: 'person',
  form,
  ...more,
});
const asked = (f: Fixtures): Record<string, string> => ({
  response_type: 'code',
  client_id: f.app.clientId,
  redirect_uri: REDIRECT,
  state: 'xyz',
  scope: 'chats--all:rw',
  prompt: 'consent',
  organization_id: f.organizationId,
  email: f.person.email,
  code_challenge: f.challenge,
  code_challenge_method: 'S256',
});
const standardAsked = (f: Fixtures): Record<string, string> => ({
  ...asked(f),
  resource: `${f.person.issuer}/v3.6/agent`,
});
const secretOf = (f: Fixtures) => ({ client_id: f.app.clientId, client_secret: f.app.clientSecret });
const NEW_EMAIL = () => `${crypto.randomUUID()}@example.test`;

/** The pages of people. */
const pages: Samples = {
  'GET /': (f) => [
    page(asked(f)),
    { as: 'stranger', query: { ...asked(f), response_type: 'token' } },
    page(),
  ],
  'GET /choose-organization': (f) => [page({ handle: f.handle })],
  'POST /choose-organization': (f) => [byPerson({ handle: f.handle, organization_id: f.organizationId })],
  'GET /grant-access': (f) => [page({ handle: f.handle })],
  'POST /grant-access': (f) =>
    ['allow', 'cancel', 'switch_account'].map((decision) => byPerson({ handle: f.handle, decision })),
  'GET /ooops': (f) => [
    page({ oauth_exception: 'x', identity_exception: 'y', exception_details: 'z', handle: f.handle }),
  ],
  'GET /signup': (f) => [{ as: 'stranger', query: { handle: f.handle } }],
  'POST /signup': (f) => [
    {
      as: 'stranger',
      form: { name: 'N', email: NEW_EMAIL(), company: 'C', password: PASSWORD, handle: f.handle },
      slow: true,
    },
  ],
  'GET /signin': (f) => [
    { as: 'stranger', query: { handle: f.handle, next: '/account', reset: '1' } },
    page({ handle: f.handle, next: '/account', switch: '1' }),
  ],
  'POST /signin': (f) => [
    {
      as: 'stranger',
      form: {
        email: NEW_EMAIL(),
        password: PASSWORD,
        keep_logged_in: '1',
        next: '/account',
        handle: f.handle,
      },
      slow: true,
    },
  ],
  'GET /signout': () => [page()],
  'POST /signout': () => [byPerson()],
  'GET /forgot-password': (f) => [{ as: 'stranger', query: { handle: f.handle } }],
  'POST /forgot-password': (f) => [
    { as: 'stranger', form: { email: NEW_EMAIL(), handle: f.handle } },
    byPerson({ email: f.person.email }),
  ],
  'GET /reset-password': (f) => [{ as: 'stranger', query: { token: f.resetToken } }],
  'POST /reset-password': (f) => [
    { as: 'stranger', form: { token: f.resetToken, password: PASSWORD }, slow: true },
  ],
  'GET /confirm-email': (f) => [{ as: 'stranger', query: { token: f.confirmToken } }],
  'POST /confirm-email': (f) => [{ as: 'stranger', form: { token: f.confirmToken } }],
  // Customers' links work in tests of their own: this one is of an account.
  'GET /verify-email': (f) => [
    { as: 'stranger', query: { organization_id: f.organizationId, token: f.confirmToken } },
  ],
  'POST /verify-email': (f) => [
    { as: 'stranger', form: { organization_id: f.organizationId, token: f.confirmToken } },
  ],
  'GET /account': () => [page({ done: 'name_changed' })],
  'POST /account/profile': () => [byPerson({ name: 'Another Name' })],
  'POST /account/password': () => [
    byPerson({ current_password: PASSWORD, new_password: `${PASSWORD} two` }, { slow: true }),
  ],
  'POST /account/resend-confirmation': () => [byPerson()],
  'GET /account/sessions': () => [page({ done: 'session_ended' })],
  'POST /account/sessions/sign-out': (f) => [byPerson({ session_id: String(f.person.sessionKey) })],
  'POST /account/sessions/sign-out-others': () => [byPerson()],
  'GET /account/apps': () => [page({ done: 'access_revoked' })],
  'GET /account/apps/revoke': (f) => [page({ grant_id: f.grantId })],
  'POST /account/apps/revoke': (f) => [byPerson({ grant_id: f.grantId })],
  'GET /account/organizations': () => [page()],
  'GET /oauth2/authorize': (f) => [
    page(standardAsked(f)),
    page({ client_id: f.app.clientId, request_uri: f.requestUri }),
    { as: 'stranger', query: standardAsked(f) },
  ],
  // OpenID Connect Core §3.1.2.1: the same by POST, from the app's page, so without a token of ours.
  'POST /oauth2/authorize': (f) => [{ as: 'person', form: standardAsked(f), foreignForm: true }],
  'GET /device': (f) => [page({ user_code: f.userCode })],
  'POST /device': (f) =>
    [undefined, 'allow', 'cancel'].map((decision) =>
      byPerson({
        user_code: f.userCode,
        organization_id: f.organizationId,
        ...(decision === undefined ? {} : { decision }),
      }),
    ),
  'GET /console': () => [page()],
  'GET /console/*': () => [
    { ...page(), path: '/console/apps' },
    { ...page(), path: '/console/assets/index-0.js' },
    { ...page(), path: '/console/favicon.svg' },
  ],
  'POST /console/api/token_inspections': (f) =>
    [
      `Bearer ${f.accessToken}`,
      f.refreshToken,
      encodeURIComponent(f.code),
      `https://app.test/?code=${encodeURIComponent(f.standardCode)}`,
      f.customerToken,
      `Basic ${Buffer.from(`${f.person.accountId}:${f.personalToken.secret}`).toString('base64')}`,
      f.deviceCode,
    ].map((pasted) => ({ as: 'person', json: { pasted } })),
  'GET /console/consent_preview/:app_id': (f) => [
    { ...page({ as: 'member' }), path: `/console/consent_preview/${f.victim.details.app.id}` },
  ],
  'GET /avatars/:picture_id': () => [{ ...page(), path: '/avatars/0d3d5a7e-6a8e-4b0d-9a53-0f3f6a1c7f21' }],
  'GET /console/icons/:app_id': (f) => [
    { ...page({ v: '1' }), path: `/console/icons/${f.victim.details.app.id}` },
  ],
  'GET /inbox': () => [page()],
  'GET /inbox/*': (f) => [
    { ...page(), path: `/inbox/${f.chatId}` },
    { ...page(), path: '/inbox/assets/index-0.js' },
    { ...page(), path: '/inbox/favicon.svg' },
  ],
  'GET /chat/:organization_id': (f) => [{ as: 'nobody', path: `/chat/${f.organizationId}` }],
  'GET /chat/assets/:name': () => [{ as: 'nobody', path: '/chat/assets/index-0.js' }],
  'GET /docs/:slug': () => [{ ...page(), path: '/docs/walk' }],
  'GET /docs/images/:name': () => [{ ...page(), path: '/docs/images/architecture.svg' }],
  'GET /dev/mail/:id': () => [{ ...page(), path: '/dev/mail/1' }],
  'POST /dev/clock': () => [{ as: 'nobody', json: { advance_seconds: 0, reset: true } }],
};

const base64url = (text: string) => Buffer.from(text).toString('base64url');
/** What a browser answers when it is asked for a passkey, in shape. */
const credential = JSON.stringify({
  id: base64url('credential'),
  rawId: base64url('credential'),
  type: 'public-key',
  response: {
    clientDataJSON: base64url('{"type":"webauthn.get","challenge":"x","origin":"http://localhost"}'),
    authenticatorData: base64url('x'.repeat(37)),
    attestationObject: base64url('\u00a0'),
    signature: base64url('x'),
    userHandle: base64url('x'),
  },
  clientExtensionResults: {},
});

/** Second factors and passkeys. */
const factors: Samples = {
  'GET /signin/verify': (f) => [
    { as: 'stranger', query: { with: 'recovery', handle: f.handle, next: '/account' } },
  ],
  'POST /signin/verify': (f) => [
    { as: 'stranger', form: { code: '123456', next: '/account', handle: f.handle } },
    { as: 'stranger', form: { recovery_code: 'abcd-efgh-ijkl' } },
  ],
  'POST /signin/passkey/options': () => [{ as: 'stranger', form: {} }],
  'POST /signin/passkey': (f) => [
    { as: 'stranger', form: { credential, keep_logged_in: '1', next: '/account', handle: f.handle } },
  ],
  'POST /account/two-step': () => [byPerson({ setup: 'sealed', code: '123456' })],
  'POST /account/two-step/off': () => [byPerson()],
  'POST /account/recovery-codes': () => [byPerson()],
  'POST /account/passkeys/add/options': () => [byPerson()],
  'POST /account/passkeys/add': () => [byPerson({ credential, name: 'Key' })],
  'GET /account/passkeys/rename': () => [page({ passkey_id: '1' })],
  'POST /account/passkeys/rename': () => [byPerson({ passkey_id: '1', name: 'Key' })],
  'GET /account/passkeys/remove': () => [page({ passkey_id: '1' })],
  'POST /account/passkeys/remove': () => [byPerson({ passkey_id: '1' })],
  'GET /account/confirm': () => [page({ next: '/account' })],
  'POST /account/confirm': () => [byPerson({ password: PASSWORD, next: '/account' }, { slow: true })],
  'POST /account/confirm/passkey/options': () => [byPerson()],
  'POST /account/confirm/passkey': () => [byPerson({ credential, next: '/account' })],
};

/** Invitations and memberships; OpenID Connect. */
const people: Samples = {
  'GET /choose-account': (f) => [page({ handle: f.handle })],
  'POST /choose-account': (f) => [byPerson({ handle: f.handle })],
  'GET /account/organizations/leave': (f) => [page({ organization_id: f.organizationId })],
  'POST /account/organizations/leave': (f) => [byPerson({ organization_id: f.organizationId })],
  'GET /invitation': (f) => [page({ token: f.resetToken })],
  'POST /invitation/accept': (f) => [byPerson({ token: f.resetToken })],
  'POST /invitation/decline': (f) => [byPerson({ token: f.resetToken })],
  'POST /invitation/sign-up': (f) => [
    { as: 'stranger', form: { token: f.resetToken, name: 'N', password: PASSWORD } },
  ],
  'POST /signin/sso': (f) => [
    { as: 'stranger', form: { email: 'ann@acme.example', next: '/account', handle: f.handle } },
  ],
  'GET /signin/saml': (f) => [
    { as: 'stranger', query: { organization_id: f.organizationId, next: '/account', handle: f.handle } },
  ],
  'GET /signin/saml/finish': () => [{ as: 'stranger', query: { answer: 'w0' } }],
  'POST /saml/:organization_id/acs': (f) => [
    {
      as: 'nobody',
      path: `/saml/${f.organizationId}/acs`,
      form: { SAMLResponse: 'PHg+', RelayState: '' },
      foreignForm: true,
    },
  ],
  'GET /saml/:organization_id/metadata': (f) => [
    { as: 'nobody', path: `/saml/${f.organizationId}/metadata` },
  ],
  'GET /oauth2/logout': (f) => [page({ client_id: f.app.clientId, id_token_hint: 'a.b.c', state: 'xyz' })],
  'POST /oauth2/logout': (f) => [
    { as: 'person', form: { client_id: f.app.clientId, state: 'xyz' }, foreignForm: true },
  ],
  'POST /oauth2/logout/confirm': (f) => [byPerson({ client_id: f.app.clientId, state: 'xyz' })],
  'GET /oauth2/userinfo': () => [{ as: 'agent' }],
  'POST /oauth2/userinfo': () => [{ as: 'agent' }],
};

/** LiveChat's token endpoints, those of customers included. */
const livechat: Samples = {
  'POST /v2/token': (f) => {
    const exchange = {
      grant_type: 'authorization_code',
      code: f.code,
      redirect_uri: REDIRECT,
      ...secretOf(f),
    };
    const refresh = { grant_type: 'refresh_token', refresh_token: f.refreshToken, ...secretOf(f) };
    return [
      { as: 'nobody', json: { ...exchange, code_verifier: f.verifier } },
      { as: 'nobody', form: exchange },
      { as: 'nobody', json: refresh },
      { as: 'client', form: { grant_type: 'refresh_token', refresh_token: f.refreshToken } },
    ];
  },
  'DELETE /v2/token': (f) => [{ as: 'agent' }, { as: 'nobody', query: { code: f.refreshToken } }],
  'GET /v2/info': (f) => [{ as: 'agent' }, { as: 'nobody', query: { code: f.accessToken } }],
  'POST /v2/customer/token': (f) => [
    {
      as: 'agent',
      json: {
        grant_type: 'agent_token',
        client_id: f.app.clientId,
        response_type: 'token',
        entity_id: f.customerId,
        organization_id: f.organizationId,
        expires_in: 600,
        redirect_uri: REDIRECT,
      },
    },
    {
      as: 'nobody',
      json: {
        grant_type: 'identity_token',
        client_id: f.app.clientId,
        code: f.identityTransfer,
        code_verifier: f.verifier,
      },
    },
    {
      as: 'nobody',
      form: {
        grant_type: 'cookie',
        client_id: f.publicApp.clientId,
        response_type: 'token',
        organization_id: f.organizationId,
        redirect_uri: REDIRECT,
      },
    },
  ],
  'DELETE /v2/customer/token': () => [{ as: 'customer' }],
  'GET /v2/customer/info': (f) => [{ as: 'customer' }, { as: 'nobody', query: { code: f.customerToken } }],
  'POST /v2/customer/identity_transfer': (f) => [
    {
      as: 'agent',
      json: {
        bearer_type: 'agent',
        client_id: f.app.clientId,
        customer_id: f.customerId,
        code_challenge: f.challenge,
        code_challenge_method: 'S256',
      },
    },
    { as: 'customer', json: { bearer_type: 'customer', client_id: f.app.clientId } },
  ],
};
for (const slash of ['', '/'])
  livechat[`POST /v2/customer/:organization_id/:group_id/token${slash}`] = (f) => [
    {
      as: 'agent',
      path: `/v2/customer/${f.organizationId}/0/token${slash}`,
      json: { grant_type: 'agent_token', client_id: f.app.clientId, response_type: 'token' },
    },
  ];

const ownAddress = (f: Fixtures) => `/oauth2/register/${f.organizationId}/${f.registered.clientId}`;

/** The standard dialect. */
const standard: Samples = {
  'POST /oauth2/token': (f) => [
    {
      as: 'nobody',
      form: {
        grant_type: 'authorization_code',
        code: f.standardCode,
        redirect_uri: REDIRECT,
        code_verifier: f.verifier,
        ...secretOf(f),
      },
    },
    {
      as: 'client',
      form: { grant_type: 'refresh_token', refresh_token: f.refreshToken, scope: 'chats--all:rw' },
    },
    {
      as: 'client',
      form: {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: f.deviceCode,
        resource: `${f.person.issuer}/v3.6/agent`,
      },
    },
  ],
  'POST /oauth2/register/:organization_id': (f) => [
    {
      as: 'nobody',
      path: `/oauth2/register/${f.organizationId}`,
      json: {
        client_name: 'N',
        client_uri: 'https://www.example.com/',
        redirect_uris: [REDIRECT],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
        scope: 'chats--all:ro',
      },
    },
  ],
  'GET /oauth2/register/:organization_id/:client_id': (f) => [{ as: 'registered', path: ownAddress(f) }],
  'PUT /oauth2/register/:organization_id/:client_id': (f) => [
    {
      as: 'registered',
      path: ownAddress(f),
      json: { client_id: f.registered.clientId, client_name: 'N', redirect_uris: [REDIRECT] },
    },
  ],
  'DELETE /oauth2/register/:organization_id/:client_id': (f) => [{ as: 'registered', path: ownAddress(f) }],
  'POST /oauth2/par': (f) => [{ as: 'client', form: standardAsked(f) }],
  'POST /oauth2/device_authorization': (f) => [
    { as: 'client', form: { scope: 'chats--all:rw', resource: `${f.person.issuer}/v3.6/agent` } },
  ],
  'POST /oauth2/revoke': (f) => [
    { as: 'client', form: { token: f.refreshToken, token_type_hint: 'refresh_token' } },
  ],
  'POST /oauth2/introspect': (f) => [
    { as: 'client', form: { token: f.accessToken, token_type_hint: 'access_token' } },
    { as: 'nobody', form: { token: f.refreshToken, ...secretOf(f) } },
  ],
};

const FORM = {
  type: 'multipart/form-data; boundary=sample',
  data: Buffer.from(
    '--sample\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n' +
      'Content-Type: text/plain\r\n\r\nHello\r\n--sample--\r\n',
  ),
};

/** Uploads, and the way back. */
const files: Samples = {
  'POST /v3.6/agent/action/upload_file': () => [{ as: 'agent', bytes: FORM }],
  'POST /v3.6/customer/action/upload_file': (f) => [
    { as: 'customer', query: { organization_id: f.organizationId }, bytes: FORM },
  ],
  'GET /files/:file_id/:name': () => [{ as: 'nobody', path: `/files/1-1-${'A'.repeat(24)}/a.txt` }],
  'GET /files/:file_id/thumbnail/:name': () => [
    { as: 'nobody', path: `/files/1-1-${'A'.repeat(24)}/thumbnail/a.txt` },
  ],
  'GET /files/:file_id/thumbnail2x/:name': () => [
    { as: 'nobody', path: `/files/1-1-${'A'.repeat(24)}/thumbnail2x/a.txt` },
  ],
};

/** By method and route. What has no parameters needs no line, nor does what is declared in the registry. */
export const SAMPLES: Samples = { ...pages, ...factors, ...people, ...livechat, ...standard, ...files };
