import type { Static } from 'typebox';
import type { AgentProfile } from '../../domain/chats/people.ts';
import type { predictedAgent } from '../../wire/predicted_agent.ts';

/** @param shownId what an agent is called towards customers */
export function presentPredictedAgent(
  agent: AgentProfile,
  shownId: (agentId: string) => string,
): Static<typeof predictedAgent> {
  return {
    id: shownId(agent.id),
    name: agent.name,
    ...(agent.avatar ? { avatar: agent.avatar } : {}),
    is_bot: agent.isBot,
    ...(agent.isBot ? { bot_type: 'custom' } : {}),
    ...(agent.jobTitle ? { job_title: agent.jobTitle } : {}),
    type: 'agent',
  };
}
