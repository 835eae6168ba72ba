import Type, { type Static } from 'typebox';
import { retirementStates } from '../../domain/apps/secret_retirement.ts';
import { auditActions } from '../../domain/identity/audit_actions.ts';
import { refusalEndpoints } from '../../domain/insight/refused_requests.ts';
import { compatibilityFeatures } from '../../oauth/compatibility.ts';
import { refusalReasons } from '../../oauth/refusal_reasons.ts';

/** The Console's structures, as they travel. */

export const Timestamp = Type.String({
  description: 'RFC 3339, UTC, microseconds: `2026-01-31T07:11:28.288340Z`.',
});

export const AccountRoleName = Type.Union([
  Type.Literal('owner'),
  Type.Literal('administrator'),
  Type.Literal('member'),
]);

export const ProductName = Type.Union([
  Type.Literal('livechat'),
  Type.Literal('helpdesk'),
  Type.Literal('text'),
]);

export const ClientTypeName = Type.Union([Type.Literal('server_side_app'), Type.Literal('javascript_app')], {
  description: '`server_side_app` keeps a secret; `javascript_app` cannot.',
});

export const ProfileName = Type.Union([Type.Literal('compatible'), Type.Literal('strict')], {
  description: "`compatible` follows the chat platform's dialect, `strict` OAuth 2.1.",
});

export const Switches = Type.Object(
  {
    accept_sub_paths: Type.Boolean({
      description: 'A redirect below a registered address is taken as well. The strict profile ignores it.',
    }),
    allow_plain_http: Type.Boolean({
      description: "http may lead to other machines than one's own. The strict profile ignores it.",
    }),
    rotate_refresh_tokens: Type.Boolean({
      description: 'Each refresh gives a new refresh token. JavaScript apps always rotate.',
    }),
  },
  { additionalProperties: false },
);

export const ScopeChoice = Type.Object(
  {
    scope: Type.String({ description: 'Id of a scope.' }),
    required: Type.Boolean({
      description: 'Without it the app does not work; an optional scope is left out where a role forbids it.',
    }),
  },
  { additionalProperties: false },
);

const summaryFields = {
  id: Type.String(),
  name: Type.String(),
  product: ProductName,
  short_description: Type.String(),
  icon_url: Type.Union([Type.String(), Type.Null()]),
  created_at: Timestamp,
  updated_at: Timestamp,
  client: Type.Union([Type.Object({ client_id: Type.String(), type: ClientTypeName }), Type.Null()]),
  installed: Type.Boolean(),
  registration: Type.Union([Type.Object({ verified: Type.Boolean() }), Type.Null()], {
    description: 'Of an app that registered itself: whether the owner vouched for it.',
  }),
};

export const AppSummary = Type.Object(summaryFields);
export type AppSummary = Static<typeof AppSummary>;

export const Secret = Type.Object({
  id: Type.String(),
  hint: Type.String({ description: 'The last characters of the secret, enough to tell two apart.' }),
  created_at: Timestamp,
  last_used_at: Type.Union([Timestamp, Type.Null()]),
  last_used_from: Type.Union([Type.String({ description: 'An IP address.' }), Type.Null()]),
  last_used_by: Type.Union([
    Type.String({ description: 'How the caller named itself: its `User-Agent`.' }),
    Type.Null(),
  ]),
  retirement: Type.Enum([...retirementStates], {
    description: '`safe`: a day of traffic went by a newer secret alone, so that nobody will miss this one.',
  }),
  retired_at: Type.Union([Timestamp, Type.Null()]),
});

export const Bot = Type.Object({
  id: Type.String({ description: 'Its id among the users of a chat.' }),
  name: Type.String(),
  avatar_url: Type.Union([Type.String(), Type.Null()]),
  created_at: Timestamp,
  last_used_at: Type.Union([Timestamp, Type.Null()], { description: 'When it last got a token.' }),
  scopes: Type.Array(Type.String(), { description: "What it may ask for, by the app's scopes." }),
});
export type Bot = Static<typeof Bot>;

export const Authorization = Type.Object({
  client_id: Type.String(),
  type: ClientTypeName,
  profile: ProfileName,
  redirect_uris: Type.Array(Type.String()),
  post_logout_redirect_uris: Type.Array(Type.String()),
  scopes: Type.Array(ScopeChoice),
  switches: Switches,
  secrets: Type.Array(Secret),
  bot: Type.Union([Bot, Type.Null()], { description: 'As whom the app acts by itself.' }),
  created_at: Timestamp,
});
export type Authorization = Static<typeof Authorization>;

export const App = Type.Object({
  ...summaryFields,
  version: Type.Integer({ description: 'Grows with each change. Send it with the next one.' }),
  visibility: Type.Union([Type.Literal('private'), Type.Literal('public')]),
  authorization: Type.Union([Authorization, Type.Null()]),
  installation: Type.Union([
    Type.Object({
      installed_at: Timestamp,
      installed_by: Type.String({ description: 'Name of the person.' }),
    }),
    Type.Null(),
  ]),
});
export type App = Static<typeof App>;

export const RegistrationModeName = Type.Union(
  [Type.Literal('off'), Type.Literal('with_initial_access_token'), Type.Literal('open')],
  { description: 'Who may register apps: nobody, who has a token of the owner, or anybody.' },
);

export const InitialAccessToken = Type.Object({
  id: Type.String(),
  name: Type.String(),
  created_at: Timestamp,
  expires_at: Timestamp,
  last_used_at: Type.Union([Timestamp, Type.Null()]),
  uses: Type.Integer({ description: 'How many apps it registered.' }),
  expired: Type.Boolean(),
});
export type InitialAccessToken = Static<typeof InitialAccessToken>;

export const DynamicRegistration = Type.Object({
  mode: RegistrationModeName,
  endpoint: Type.String({ description: 'Where apps of this organization register (RFC 7591).' }),
  initial_access_tokens: Type.Array(InitialAccessToken),
  unverified: Type.Integer({ description: 'Apps that nobody has vouched for.' }),
  most_unverified: Type.Integer({ description: 'With so many, further registrations are refused.' }),
});
export type DynamicRegistration = Static<typeof DynamicRegistration>;

export const PersonalAccessToken = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  created_at: Timestamp,
  expires_at: Timestamp,
  last_used_at: Type.Union([Timestamp, Type.Null()]),
  last_used_from: Type.Union([Type.String({ description: 'An IP address.' }), Type.Null()]),
  expired: Type.Boolean(),
});
export type PersonalAccessToken = Static<typeof PersonalAccessToken>;

const OrganizationName = { id: Type.String(), name: Type.String() };

export const Session = Type.Object({
  account: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    email_confirmed: Type.Boolean(),
  }),
  organization: Type.Object({ ...OrganizationName, license_id: Type.Integer() }),
  organizations: Type.Array(Type.Object({ ...OrganizationName, role: AccountRoleName })),
  role: AccountRoleName,
  can_develop: Type.Boolean(),
  helpers: Type.Array(Type.Object({ name: Type.String(), email: Type.String(), role: AccountRoleName }), {
    description: 'Owners and administrators of the organization.',
  }),
  csrf_token: Type.String({ description: 'For the header `x-csrf-token` of every call but GET.' }),
  region: Type.String({ description: 'Prefix of tokens and codes.' }),
  urls: Type.Object({
    authorize: Type.String(),
    token: Type.String(),
    info: Type.String(),
    api: Type.String(),
    customer_token: Type.String(),
    docs: Type.String(),
    account: Type.String(),
    sign_out: Type.String(),
    postman: Type.String(),
  }),
  development_mode: Type.Boolean(),
});
export type Session = Static<typeof Session>;

export const OrganizationSettings = Type.Object({
  version: Type.Integer({ description: 'Grows with each change. Send it with the next one.' }),
  force_strict: Type.Boolean({
    description: 'Every app is held to the strict profile, whatever its own is.',
  }),
});
export type OrganizationSettings = Static<typeof OrganizationSettings>;

export const CompatibilityUses = Type.Array(
  Type.Object({
    feature: Type.Enum([...compatibilityFeatures]),
    uses: Type.Integer(),
    last_used_at: Timestamp,
  }),
  { description: 'What an app used in the last 30 days that the strict profile refuses.' },
);
export type CompatibilityUses = Static<typeof CompatibilityUses>;

const TextOrNull = Type.Union([Type.String(), Type.Null()]);

export const RefusedRequest = Type.Object({
  id: Type.String(),
  request_id: Type.String({ description: 'As the refusal told it.' }),
  at: Timestamp,
  endpoint: Type.Enum([...refusalEndpoints]),
  error: Type.String({ description: 'The word on the wire.' }),
  reason: Type.Enum([...refusalReasons], { description: 'Finer than the wire may tell a stranger.' }),
  check: Type.String({ description: 'The check that failed, and what would pass.' }),
  parameter: TextOrNull,
  received: TextOrNull,
  expected: TextOrNull,
  nearest: Type.Union([
    Type.String({ description: 'The registered value that resembles it most.' }),
    Type.Null(),
  ]),
  first_difference: Type.Union([
    Type.Integer({
      description: 'The first character in which `received` differs from `expected` or `nearest`, from 0.',
    }),
    Type.Null(),
  ]),
  method: TextOrNull,
  path: TextOrNull,
});
export type RefusedRequest = Static<typeof RefusedRequest>;

export const AuditLogEntry = Type.Object({
  id: Type.String(),
  at: Timestamp,
  action: Type.Enum([...auditActions]),
  actor: Type.Union([
    Type.Object({ id: Type.String(), name: TextOrNull, email: TextOrNull }),
    Type.Null({ description: 'The server itself.' }),
  ]),
  app: Type.Union([
    Type.Object({
      id: Type.Union([Type.String(), Type.Null({ description: 'The app was deleted.' })]),
      name: Type.String(),
    }),
    Type.Null(),
  ]),
  ip: Type.String(),
  request_id: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown(), { description: 'What was changed; never a secret.' }),
});
export type AuditLogEntry = Static<typeof AuditLogEntry>;

/** Of every endpoint below `/console/api/apps/:app_id`. */
export const AppId = Type.String({ description: 'Id of the app.' });

export const Version = Type.Integer({
  minimum: 0,
  description: 'The `version` of the app that the change is based on. Another one by now answers `conflict`.',
});

export const Nothing = Type.Object({});
