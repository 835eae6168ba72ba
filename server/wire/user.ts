import Type, { type Static } from 'typebox';
import { timestamp } from './page.ts';

const geolocation = Type.Object({
  country: Type.Optional(Type.String()),
  country_code: Type.Optional(Type.String()),
  region: Type.Optional(Type.String()),
  city: Type.Optional(Type.String()),
  timezone: Type.Optional(Type.String()),
  latitude: Type.Optional(Type.String()),
  longitude: Type.Optional(Type.String()),
});

/** Where a customer was when a thread began. */
export const customerVisit = Type.Object({
  ip: Type.Optional(Type.String()),
  user_agent: Type.Optional(Type.String()),
  geolocation: Type.Optional(geolocation),
});

const visit = Type.Object({
  started_at: timestamp,
  ended_at: Type.Optional(timestamp),
  referrer: Type.Optional(Type.String()),
  ip: Type.Optional(Type.String()),
  user_agent: Type.Optional(Type.String()),
  geolocation: Type.Optional(geolocation),
  last_pages: Type.Optional(
    Type.Array(
      Type.Object({ opened_at: timestamp, url: Type.String(), title: Type.Optional(Type.String()) }),
    ),
  ),
});

const statistics = Type.Object({
  chats_count: Type.Integer(),
  threads_count: Type.Integer(),
  visits_count: Type.Integer(),
  page_views_count: Type.Integer(),
  greetings_shown_count: Type.Integer(),
  greetings_accepted_count: Type.Integer(),
  tickets_count: Type.Integer(),
});

export const sessionFields = Type.Array(Type.Record(Type.String(), Type.String()));

const text = Type.Optional(Type.String());

export const postalAddress = Type.Object(
  { address: text, city: text, country: text, state: text, postal_code: text },
  { description: 'The customer’s postal address; `address` is the street.' },
);

/** Profiles of the customer on other channels. */
const omnichannel = Type.Object({
  fb_messenger: Type.Optional(
    Type.Array(
      Type.Object({
        ID: Type.String(),
        Name: text,
        FirstName: text,
        LastName: text,
        ProfilePicURL: text,
        Gender: text,
        Locale: text,
        IsVerifiedUser: Type.Optional(Type.Boolean()),
      }),
    ),
  ),
  twilio: Type.Optional(
    Type.Array(Type.Record(Type.String(), Type.Object({ phone_number: Type.String() })), {
      description: 'One object for each number: `{"<phone_number>": {"phone_number": "<phone_number>"}}`.',
    }),
  ),
});

const profile = {
  name: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  email_verified: Type.Optional(Type.Boolean()),
  avatar: Type.Optional(Type.String()),
  phone_number: Type.Optional(Type.String()),
  session_fields: Type.Optional(sessionFields),
  address: Type.Optional(postalAddress),
  omnichannel: Type.Optional(omnichannel),
};

/** A user of a chat, as agents see it: an agent, or a customer with what is known of them. */
export const agentSideUser = Type.Object({
  id: Type.String(),
  type: Type.Enum(['agent', 'customer']),
  ...profile,
  present: Type.Boolean(),
  events_seen_up_to: Type.Optional(timestamp),
  visibility: Type.Optional(Type.Enum(['all', 'agents'])),
  visit: Type.Optional(visit),
  statistics: Type.Optional(statistics),
  agent_last_event_created_at: Type.Optional(timestamp),
  customer_last_event_created_at: Type.Optional(timestamp),
  created_at: Type.Optional(timestamp),
});

/** A customer as agents see them, outside of a chat. `__priv_lc2_customer_id` of an older platform has no like here. */
export const agentSideCustomer = Type.Object({
  id: Type.String(),
  type: Type.Enum(['customer']),
  ...profile,
  created_at: timestamp,
  visit: Type.Optional(visit),
  statistics,
  agent_last_event_created_at: Type.Optional(timestamp),
  customer_last_event_created_at: Type.Optional(timestamp),
  chat_ids: Type.Optional(
    Type.Array(Type.String(), { description: 'The customer’s chat, if they have one.' }),
  ),
  tickets: Type.Optional(
    Type.Array(Type.Object({ ticket_id: Type.String(), created_at: timestamp }), {
      description: 'Of a ticket system; there is none yet.',
    }),
  ),
});

/** A customer as they see themselves. */
export const customerSideCustomer = Type.Object({
  id: Type.String(),
  type: Type.Enum(['customer']),
  ...profile,
});

/** A user of a chat, as its customer sees it. An agent's id is not the e-mail here. */
export const customerSideUser = Type.Object({
  id: Type.String(),
  type: Type.Enum(['agent', 'customer']),
  ...profile,
  job_title: Type.Optional(Type.String()),
  present: Type.Boolean(),
  events_seen_up_to: Type.Optional(timestamp),
});

/** An agent's e-mail, or the id of a bot. */
export const agentId = Type.String({
  minLength: 1,
  maxLength: 255,
  description: 'An agent’s e-mail, or the id of a bot.',
});

/** An agent's e-mail, the id of a bot, or a customer's id. */
export const userId = Type.String({ minLength: 1, maxLength: 255 });

export const ignoreRequesterPresence = Type.Optional(
  Type.Boolean({ description: '`true`: do it although you are not in the chat. Default: `false`.' }),
);

/** Users to put into a chat: agents by e-mail, a customer by id. */
export const usersRequest = Type.Array(
  Type.Object({
    id: Type.String({ minLength: 1, maxLength: 255 }),
    type: Type.Enum(['agent', 'customer']),
  }),
  { maxItems: 6, description: 'At most four agents besides you, and one customer.' },
);

export type AgentSideCustomer = Static<typeof agentSideCustomer>;
export type AgentSideUser = Static<typeof agentSideUser>;
export type CustomerSideUser = Static<typeof customerSideUser>;
export type UsersRequest = Static<typeof usersRequest>;
