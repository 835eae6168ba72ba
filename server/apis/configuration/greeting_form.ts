import Type, { type Static } from 'typebox';
import { needTime } from '../../domain/chats/time_input.ts';
import type { Greeting } from '../../domain/widget/greeting.ts';
import { greetingProperties } from '../../domain/widget/greeting_content.ts';
import { greetingOperators, greetingRuleTypes } from '../../domain/widget/greeting_rules.ts';
import type { WidgetEditor } from '../../domain/widget/widget_service.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { groupId } from '../../wire/access.ts';
import { greetingRichMessage } from '../../wire/greeting.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';

export const greetingId = Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'A greeting.' });
const operator = Type.Enum([...greetingOperators]);
const time = (what: string) =>
  Type.String({ minLength: 1, maxLength: 64, description: `When it ${what} being shown, RFC 3339.` });

const rule = Type.Object({
  condition: Type.Enum(['and', 'or'], {
    description: 'All rules with `and` must hold, and one of those with `or`.',
  }),
  type: Type.Enum([...greetingRuleTypes]),
  operator: Type.Optional(operator),
  value: Type.Optional(Type.String({ maxLength: 2048, description: 'Seconds, numbers and texts alike.' })),
  urls: Type.Optional(
    Type.Array(Type.Object({ url: Type.String({ minLength: 1, maxLength: 2048 }), operator }), {
      maxItems: 10,
    }),
  ),
  session_field: Type.Optional(
    Type.Record(Type.String({ minLength: 1, maxLength: 255 }), Type.String({ maxLength: 255 }), {
      description: 'One key and its value.',
    }),
  ),
});

const property = Type.Union([Type.String({ maxLength: 16_384 }), Type.Boolean()]);
const properties = Type.Object(
  Object.fromEntries(greetingProperties.map((name) => [name, Type.Optional(property)])) as Record<
    (typeof greetingProperties)[number],
    ReturnType<typeof Type.Optional<typeof property>>
  >,
  { additionalProperties: false },
);

/** What may be said of a greeting. */
export const greetingFields = {
  type: Type.Enum(['normal', 'announcement']),
  active: Type.Boolean({ description: '`false`: kept, and not shown to anybody.' }),
  active_from: Type.Optional(time('begins')),
  active_until: Type.Optional(time('ends')),
  name: Type.String({ minLength: 1, maxLength: 255 }),
  rules: Type.Array(rule, { maxItems: 10, description: 'Whom it is shown to; without rules, everybody.' }),
  properties: Type.Optional(properties),
  rich_message: Type.Optional(greetingRichMessage),
};

export const greeting = Type.Object({
  id: greetingId,
  type: greetingFields.type,
  active: Type.Boolean(),
  active_from: Type.Optional(Type.String()),
  active_until: Type.Optional(Type.String()),
  name: Type.String(),
  group: groupId,
  rules: Type.Array(rule),
  properties: Type.Record(Type.String(), property),
  rich_message: Type.Optional(greetingRichMessage),
});

const partial = Type.Partial(Type.Object(greetingFields));

/** What was sent, as the domain knows it; only what was sent. */
export function readGreeting(input: Static<typeof partial>): Partial<Omit<Greeting, 'id' | 'groupId'>> {
  const { type, active, name, rules, properties: own, rich_message: rich } = input;
  return {
    ...(type === undefined ? {} : { type }),
    ...(active === undefined ? {} : { active }),
    ...(name === undefined ? {} : { name }),
    ...(rules === undefined ? {} : { rules }),
    ...(own === undefined ? {} : { properties: own as Greeting['properties'] }),
    ...(rich === undefined ? {} : { richMessage: rich as NonNullable<Greeting['richMessage']> }),
    ...(input.active_from === undefined ? {} : { activeFrom: needTime(input.active_from, 'active_from') }),
    ...(input.active_until === undefined
      ? {}
      : { activeUntil: needTime(input.active_until, 'active_until') }),
  };
}

export function presentGreeting(found: Greeting): Static<typeof greeting> {
  return {
    id: found.id,
    type: found.type,
    active: found.active,
    ...(found.activeFrom === null ? {} : { active_from: formatTimestamp(found.activeFrom) }),
    ...(found.activeUntil === null ? {} : { active_until: formatTimestamp(found.activeUntil) }),
    name: found.name,
    group: found.groupId,
    rules: found.rules as Static<typeof greeting>['rules'],
    properties: found.properties,
    ...(found.richMessage === null
      ? {}
      : { rich_message: found.richMessage as Static<typeof greetingRichMessage> }),
  };
}

/** The caller as who edits what the widget is made of. */
export function widgetEditor({ caller, request }: CallContext<AgentCaller, unknown>): WidgetEditor {
  return {
    licenseId: caller.organization.licenseId,
    accountId: caller.credential === 'bot_token' ? null : caller.accountId,
    actor: { ip: request.ip, userAgent: request.userAgent, requestId: request.id },
  };
}
