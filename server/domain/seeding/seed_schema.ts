import Type, { type Static } from 'typebox';
import { clientTypes, profiles } from '../../oauth/client_profile.ts';
import { eventRequest } from '../../wire/event.ts';
import { properties } from '../../wire/properties.ts';
import { products } from '../apps/records.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../identity/password_rules.ts';

const strict = { additionalProperties: false } as const;
const LARGEST_INTEGER = 2_147_483_647;

const uuid = (description: string) =>
  Type.String({
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    description: `${description} A UUID in small letters.`,
  });
const text = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, description });
const email = text(128, 'An e-mail address.');
const groupId = Type.Integer({ minimum: 0, maximum: LARGEST_INTEGER, description: 'A group; 0 is General.' });
const scopeId = Type.String({ minLength: 1, maxLength: 128, description: 'A scope, such as chats--all:ro.' });

const account = Type.Object(
  {
    id: Type.Optional(uuid('Made by the server if absent.')),
    email,
    name: Type.Optional(text(191, 'By default the part of the e-mail before the @.')),
    password: Type.Optional(
      Type.String({
        minLength: SHORTEST_PASSWORD,
        maxLength: LONGEST_PASSWORD,
        description: 'Needed unless the account exists already, in the database or in an organization above.',
      }),
    ),
    role: Type.Optional(
      Type.Enum(['owner', 'administrator', 'member'], { description: 'In Accounts. By default member.' }),
    ),
    chat_role: Type.Optional(
      Type.Enum(['administrator', 'normal'], {
        description: 'In chat. By default administrator for owners and administrators, normal for members.',
      }),
    ),
    groups: Type.Optional(
      Type.Array(groupId, { maxItems: 200, description: 'Beside General, which everybody is in.' }),
    ),
    email_confirmed: Type.Optional(Type.Boolean({ description: 'By default true.' })),
  },
  strict,
);

const group = Type.Object({ id: groupId, name: text(127, 'Shown to agents.') }, strict);

const authorization = Type.Object(
  {
    clientId: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{32}$', description: '32 hexadecimal digits in small letters.' }),
    ),
    clientSecret: Type.Optional(
      Type.String({
        minLength: 8,
        maxLength: 255,
        description: 'Of a server-side app, which needs one; a JavaScript app has none.',
      }),
    ),
    type: Type.Enum([...clientTypes]),
    profile: Type.Optional(Type.Enum([...profiles], { description: 'By default compatible.' })),
    redirectUri: Type.Optional(
      Type.String({ maxLength: 65_536, description: 'One or more redirect URIs, joined by commas.' }),
    ),
    postLogoutRedirectUri: Type.Optional(
      Type.String({
        maxLength: 65_536,
        description: 'Where a browser may go after signing out, joined by commas.',
      }),
    ),
    scopes: Type.Optional(
      Type.Array(
        Type.Object(
          { scope: scopeId, required: Type.Optional(Type.Boolean({ description: 'By default false.' })) },
          strict,
        ),
        { maxItems: 200 },
      ),
    ),
    acceptSubPaths: Type.Optional(Type.Boolean()),
    allowPlainHttp: Type.Optional(Type.Boolean()),
    rotateRefreshTokens: Type.Optional(
      Type.Boolean({ description: 'By default true for JavaScript apps, false for server-side ones.' }),
    ),
  },
  strict,
);

const app = Type.Object(
  {
    id: Type.Optional(uuid('Made by the server if absent.')),
    name: text(100, 'Shown to people who are asked to allow it.'),
    product: Type.Optional(Type.Enum([...products], { description: 'By default livechat.' })),
    short_description: Type.Optional(Type.String({ maxLength: 400 })),
    visibility: Type.Optional(
      Type.Enum(['private', 'public'], {
        description: 'public: people of every organization may use it. By default private.',
      }),
    ),
    installed: Type.Optional(Type.Boolean({ description: 'In its own organization. By default false.' })),
    blocks: Type.Optional(Type.Object({ authorization: Type.Optional(authorization) }, strict)),
  },
  strict,
);

const personalAccessToken = Type.Object(
  {
    account: Type.String({ description: 'The e-mail of an account of the organization.' }),
    name: text(100, 'Tells what it is for.'),
    token: Type.String({
      pattern: '^[\\x21-\\x7e]{16,255}$',
      description: 'The secret itself: 16 to 255 visible ASCII characters.',
    }),
    scopes: Type.Array(scopeId, { minItems: 1, maxItems: 200 }),
    expires_in_days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 3650, description: 'From the first load. By default 365.' }),
    ),
  },
  strict,
);

const customer = Type.Object(
  {
    id: Type.Optional(uuid('By default decided by the e-mail or name, so that it is the same each time.')),
    name: Type.Optional(text(255, 'Shown to agents.')),
    email: Type.Optional(email),
    avatar: Type.Optional(Type.String({ maxLength: 2048, description: 'Address of a picture.' })),
    phone_number: Type.Optional(Type.String({ maxLength: 64 })),
    session_fields: Type.Optional(
      Type.Array(Type.Record(Type.String(), Type.String()), {
        maxItems: 100,
        description: 'Objects with one key each.',
      }),
    ),
  },
  strict,
);

/** All that can be sent but files, which come from `upload_file` alone. */
const eventTypes = ['message', 'form', 'filled_form', 'rich_message', 'custom', 'system_message'] as const;
const { type: _type, url: _url, alternative_text: _alternative, ...eventFields } = eventRequest.properties;

const event = Type.Object(
  {
    author: Type.String({
      minLength: 1,
      description: '"customer", "system", or the e-mail of an account of the organization.',
    }),
    after_seconds: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 31_536_000,
        description: 'Since the event before, or the start. By default 30.',
      }),
    ),
    type: Type.Optional(
      Type.Enum([...eventTypes], {
        description: 'By default message; system_message where the author is system.',
      }),
    ),
    ...eventFields,
  },
  strict,
);

const thread = Type.Object(
  {
    created_at: Type.Optional(
      Type.String({ description: 'A moment, such as 2026-01-31T07:11:28Z. Not beside minutes_ago.' }),
    ),
    minutes_ago: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 5_256_000,
        description: 'Before the first load. By default 60, or after the thread before.',
      }),
    ),
    open: Type.Optional(Type.Boolean({ description: 'Only the last thread can be. By default false.' })),
    closed_by: Type.Optional(Type.String({ description: 'E-mail of the agent who closed it.' })),
    tags: Type.Optional(Type.Array(text(255, 'A tag.'), { maxItems: 100 })),
    agents: Type.Optional(
      Type.Array(Type.String(), { maxItems: 100, description: 'E-mails of agents in it who write nothing.' }),
    ),
    groups: Type.Optional(
      Type.Array(groupId, { minItems: 1, maxItems: 200, description: 'By default those of the chat.' }),
    ),
    properties: Type.Optional(properties),
    events: Type.Optional(Type.Array(event, { maxItems: 10_000 })),
  },
  strict,
);

const chat = Type.Object(
  {
    id: text(255, 'Your own name for it, unique in the organization: what makes a second load add nothing.'),
    customer: Type.Optional(
      Type.String({
        description: 'Id or e-mail of a customer of the organization above. Absent: among agents.',
      }),
    ),
    groups: Type.Optional(
      Type.Array(groupId, { minItems: 1, maxItems: 200, description: 'Who sees it. By default [0].' }),
    ),
    properties: Type.Optional(properties),
    followers: Type.Optional(Type.Array(Type.String(), { maxItems: 100, description: 'E-mails of agents.' })),
    threads: Type.Optional(Type.Array(thread, { maxItems: 1000, description: 'Oldest first.' })),
  },
  strict,
);

const organization = Type.Object(
  {
    id: Type.Optional(uuid('Made by the server if absent; then the name tells whether it exists.')),
    name: text(127, 'Shown to people.'),
    license_id: Type.Optional(
      Type.Integer({ minimum: 1, maximum: LARGEST_INTEGER, description: 'The next free one if absent.' }),
    ),
    force_strict: Type.Optional(Type.Boolean({ description: 'Strict profile for all its apps.' })),
    accounts: Type.Optional(Type.Array(account, { maxItems: 1000 })),
    groups: Type.Optional(Type.Array(group, { maxItems: 1000 })),
    apps: Type.Optional(Type.Array(app, { maxItems: 500 })),
    personal_access_tokens: Type.Optional(Type.Array(personalAccessToken, { maxItems: 1000 })),
    customers: Type.Optional(Type.Array(customer, { maxItems: 100_000 })),
    chats: Type.Optional(Type.Array(chat, { maxItems: 100_000 })),
    sample_chats: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100_000,
        description: 'So many made-up chats, the same ones each time.',
      }),
    ),
  },
  strict,
);

/** The format of `--seed`. Keys of apps are spelled as in LiveChat's app manifest. */
export const seedSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'For editors; not read.' })),
    organizations: Type.Array(organization, { minItems: 1, maxItems: 1000 }),
  },
  strict,
);

export type Seed = Static<typeof seedSchema>;
export type SeedOrganization = Static<typeof organization>;
export type SeedAccount = Static<typeof account>;
export type SeedApp = Static<typeof app>;
export type SeedAuthorization = Static<typeof authorization>;
export type SeedCustomer = Static<typeof customer>;
export type SeedChat = Static<typeof chat>;
export type SeedThread = Static<typeof thread>;
export type SeedEvent = Static<typeof event>;
