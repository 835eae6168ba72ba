import type { AgentProfile } from '../chats/people.ts';
import type { SessionFields } from '../customers/session_fields.ts';
import { type Greeting, isShowable, type ShownGreeting } from './greeting.ts';
import { greetingText } from './greeting_content.ts';
import { meetsRules, visitOf } from './greeting_match.ts';
import type { CustomerRef } from './greetings.ts';
import type { WidgetDeps } from './widget_service.ts';

/** A greeting on its way to a customer. */
export interface OfferedGreeting {
  greeting: Greeting;
  shown: ShownGreeting;
  /** What it says where it is no rich message. */
  text: string | undefined;
  /** In whose name it comes. */
  agent: AgentProfile | undefined;
}

/**
 * Looks for a greeting whose rules the customer's visit meets, the oldest first: each once a visit, none to somebody
 * who chats already, and none while nobody of its group is there.
 */
export function offerGreeting(
  { storage, clock, content, availability, signals }: WidgetDeps,
  show: (customer: CustomerRef, greetingId: number, agentId: string | null) => Promise<ShownGreeting>,
) {
  return async (
    ref: CustomerRef,
    groupId: number,
    sessionFields: SessionFields = [],
  ): Promise<OfferedGreeting | undefined> => {
    const { licenseId, customerId } = ref;
    const now = clock.now();
    const known = await content.get(licenseId);
    const candidates = known.greetings.filter((one) => one.groupId === groupId && isShowable(one, now));
    if (candidates.length === 0) return undefined;
    const store = storage.read.chats(licenseId);
    const customer = await store.customer(customerId);
    const visit = customer && visitOf(customer, now, sessionFields);
    if (!customer || !visit) return undefined;
    const fitting = candidates.filter(({ rules }) => meetsRules(rules, visit));
    if (fitting.length === 0) return undefined;
    if (customer.chatId !== null && (await store.chat(customer.chatId))?.chat.active) return undefined;
    const shownAlready = await storage.read
      .visitors(licenseId)
      .greetingsShownSince(customerId, visit.startedAt);
    const greeting = fitting.find(({ id }) => !shownAlready.includes(id));
    if (!greeting) return undefined;
    const { status, agent } = await availability.predict(licenseId, [groupId]);
    if (status === 'offline') return undefined;
    const shown = await show(ref, greeting.id, agent?.id ?? null);
    const offered = { greeting, shown, text: greetingText(known, greeting), agent };
    signals.publish(licenseId, [{ type: 'incoming_greeting', customerId, greeting: offered }]);
    return offered;
  };
}
