import Type, { type Static } from 'typebox';
import { additionalData, webhookActions } from '../../domain/webhooks/actions.ts';
import type { Webhook } from '../../domain/webhooks/webhook.ts';
import { LONGEST_URL } from '../../domain/webhooks/webhook_rules.ts';
import type { WebhookEditor } from '../../domain/webhooks/webhook_service.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';

export const webhookOwner = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 64,
    description:
      "The app whose webhooks are meant. With an app's token that app, where left out; a personal access token has to name it.",
  }),
);

const userIds = Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { minItems: 1, maxItems: 100 });
const idFilter = Type.Object(
  { values: Type.Optional(userIds), exclude_values: Type.Optional(userIds) },
  { description: 'One of the two.' },
);

export const webhookFilters = Type.Object({
  author_type: Type.Optional(
    Type.Enum(['customer', 'agent'], {
      description: 'Who wrote it; for `incoming_event` and `event_updated`.',
    }),
  ),
  only_my_chats: Type.Optional(
    Type.Boolean({ description: 'Only chats whose property `source.client_id` is the app.' }),
  ),
  chat_presence: Type.Optional(
    Type.Object({
      user_ids: Type.Optional(idFilter),
      my_bots: Type.Optional(Type.Boolean({ description: 'Only while a bot of the app is in the chat.' })),
    }),
  ),
  agent_ids: Type.Optional({ ...idFilter, description: 'Whose status it is; for `routing_status_set`.' }),
  source_type: Type.Optional(
    Type.Array(Type.Enum(['my_client', 'other_clients', 'system']), {
      minItems: 1,
      maxItems: 3,
      description: 'Through what it was done: the app, another one, or none.',
    }),
  ),
});

/** A webhook as it is registered. */
export const webhookFields = {
  action: Type.Enum([...webhookActions]),
  secret_key: Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'Comes with each delivery, so that the receiver knows who sends.',
  }),
  url: Type.String({ minLength: 1, maxLength: LONGEST_URL, description: 'An `https` address.' }),
  additional_data: Type.Optional(
    Type.Array(Type.Enum([...additionalData]), { maxItems: 2, description: 'What is sent along.' }),
  ),
  description: Type.Optional(Type.String({ maxLength: 1024 })),
  filters: Type.Optional(webhookFilters),
  type: Type.Enum(['bot', 'license'], {
    description: '`bot`: only while a bot of the app is at work, set by `set_routing_status`.',
  }),
};

export const webhook = Type.Object({
  id: Type.String(),
  url: Type.String(),
  description: Type.Optional(Type.String()),
  action: Type.String(),
  additional_data: Type.Optional(Type.Array(Type.String())),
  filters: Type.Optional(webhookFilters),
  owner_client_id: Type.String(),
  type: Type.Enum(['bot', 'license']),
});

/** The secret is not told: who registered it knows it. */
export function presentWebhook(found: Webhook): Static<typeof webhook> {
  const { filters, additionalData: more } = found;
  return {
    id: found.id,
    url: found.url,
    ...(found.description === '' ? {} : { description: found.description }),
    action: found.action,
    ...(more.length === 0 ? {} : { additional_data: [...more] }),
    ...(Object.keys(filters).length === 0 ? {} : { filters: filters as Static<typeof webhookFilters> }),
    owner_client_id: found.clientId,
    type: found.type === 'bot' ? 'bot' : 'license',
  };
}

/**
 * Whose webhooks are meant, and by whom.
 * @throws GatehouseError `validation` where no app is named and the credential belongs to none
 */
export function webhookEditor({
  caller,
  input,
  request,
}: CallContext<AgentCaller, { owner_client_id?: string; client_id?: string }>): WebhookEditor {
  const clientId = input.owner_client_id ?? input.client_id ?? caller.clientId;
  if (clientId === null) {
    const message = 'Say whose webhooks are meant: a personal access token belongs to no app.';
    throw new GatehouseError('validation', `owner_client_id: ${message}`, {
      fields: [{ field: 'owner_client_id', message }],
    });
  }
  return {
    licenseId: caller.organization.licenseId,
    clientId,
    accountId: caller.credential === 'bot_token' ? null : caller.accountId,
    actor: { ip: request.ip, userAgent: request.userAgent, requestId: request.id },
  };
}
