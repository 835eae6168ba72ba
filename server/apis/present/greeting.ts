import type { Static } from 'typebox';
import type { OfferedGreeting } from '../../domain/widget/greeting_offer.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { incomingGreeting } from '../../wire/greeting.ts';
import { presentPredictedAgent } from './predicted_agent.ts';

/**
 * A greeting as the customer's page gets it (docs: customer-chat-api/rtm-pushes#incoming_greeting).
 * @param shownId what an agent is called towards customers
 */
export function presentIncomingGreeting(
  { greeting, shown, text, agent }: OfferedGreeting,
  shownId: (agentId: string) => string,
): Static<typeof incomingGreeting> {
  const { addon, is_exit_intent: exitIntent } = greeting.properties;
  const { richMessage } = greeting;
  return {
    id: greeting.id,
    unique_id: shown.uniqueId,
    displayed_first_time: true,
    ...(addon === undefined ? {} : { addon: String(addon) }),
    ...(greeting.type === 'announcement' ? { subtype: 'announcement' as const } : {}),
    ...(exitIntent === undefined ? {} : { is_exit_intent: String(exitIntent) === 'true' }),
    event: {
      id: shown.uniqueId,
      created_at: formatTimestamp(shown.shownAt),
      ...(agent ? { author_id: shownId(agent.id) } : {}),
      ...(richMessage
        ? { type: 'rich_message' as const, ...(richMessage as object) }
        : { type: 'message' as const, text: text ?? '' }),
    },
    ...(agent ? { agent: presentPredictedAgent(agent, shownId) } : {}),
  };
}
