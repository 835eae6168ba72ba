import type { Chat, ChatUser } from '../../domain/chats/chat.ts';
import type { Customer } from '../../domain/chats/customer.ts';
import type { AgentProfile, AgentsById } from '../../domain/chats/people.ts';
import type { Micros } from '../../kernel/clock.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AgentSideUser, CustomerSideUser } from '../../wire/user.ts';

export function presentUserToAgent(
  user: ChatUser,
  chat: Chat,
  customer: Customer | undefined,
  agents: AgentsById,
): AgentSideUser {
  const seen = optional('events_seen_up_to', user.seenUpTo);
  if (user.type === 'customer')
    return {
      ...(customer?.id === user.id
        ? presentCustomerToAgent(customer, chat)
        : { id: user.id, type: 'customer' }),
      present: user.present,
      ...seen,
    };
  const agent = agents.get(user.id);
  return {
    id: user.id,
    type: 'agent',
    // Somebody who left the organization is still the author of what they wrote.
    name: agent?.name ?? user.id,
    ...(agent?.isBot ? {} : { email: user.id }),
    ...(agent?.avatar ? { avatar: agent.avatar } : {}),
    present: isPresent(user, agent),
    ...seen,
    visibility: user.visibility,
  };
}

function presentCustomerToAgent(customer: Customer, chat: Chat): Omit<AgentSideUser, 'present'> {
  const { lastVisit, statistics } = customer;
  return {
    ...profile(customer),
    created_at: formatTimestamp(customer.createdAt),
    ...(lastVisit
      ? {
          visit: {
            started_at: formatTimestamp(lastVisit.startedAt),
            ...optional('ended_at', lastVisit.endedAt),
            ...(lastVisit.referrer ? { referrer: lastVisit.referrer } : {}),
            ...presentVisit(lastVisit),
          },
        }
      : {}),
    statistics: {
      chats_count: 1,
      threads_count: chat.threadsCount,
      visits_count: statistics.visits,
      page_views_count: statistics.pageViews,
      greetings_shown_count: statistics.greetingsShown,
      greetings_accepted_count: statistics.greetingsAccepted,
      tickets_count: statistics.tickets,
    },
    ...optional('agent_last_event_created_at', chat.agentLastEventAt),
    ...optional('customer_last_event_created_at', chat.customerLastEventAt),
  };
}

/**
 * A user as the chat's customer sees them: of agents no e-mail.
 * @param shownId what an agent is called towards customers
 */
export function presentUserToCustomer(
  user: ChatUser,
  customer: Customer | undefined,
  agents: AgentsById,
  shownId: (userId: string) => string,
): CustomerSideUser {
  const seen = optional('events_seen_up_to', user.seenUpTo);
  if (user.type === 'customer')
    return {
      ...(customer?.id === user.id ? profile(customer) : { id: user.id, type: 'customer' }),
      present: user.present,
      ...seen,
    };
  const agent = agents.get(user.id);
  return {
    id: shownId(user.id),
    type: 'agent',
    name: agent?.name ?? 'Agent',
    ...(agent?.avatar ? { avatar: agent.avatar } : {}),
    ...(agent?.jobTitle ? { job_title: agent.jobTitle } : {}),
    present: isPresent(user, agent),
    ...seen,
  };
}

/** A suspended agent, and one who left, takes part in nothing, whatever the chat says of them. */
function isPresent(user: ChatUser, agent: AgentProfile | undefined): boolean {
  return user.present && agent !== undefined && !agent.suspended;
}

function profile(customer: Customer) {
  return {
    id: customer.id,
    type: 'customer' as const,
    ...(customer.name ? { name: customer.name } : {}),
    ...(customer.email ? { email: customer.email, email_verified: customer.emailVerified } : {}),
    ...(customer.avatar ? { avatar: customer.avatar } : {}),
    ...(customer.phoneNumber ? { phone_number: customer.phoneNumber } : {}),
    ...(customer.sessionFields.length > 0 ? { session_fields: customer.sessionFields } : {}),
  };
}

export function presentVisit(visit: { ip: string | null; userAgent: string | null }) {
  return {
    ...(visit.ip ? { ip: visit.ip } : {}),
    ...(visit.userAgent ? { user_agent: visit.userAgent } : {}),
  };
}

function optional<Name extends string>(name: Name, time: Micros | null): { [N in Name]?: string } {
  return (time === null ? {} : { [name]: formatTimestamp(time) }) as { [N in Name]?: string };
}
