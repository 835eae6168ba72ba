import type { Chat, ChatUser } from '../../domain/chats/chat.ts';
import type { Customer, CustomerChannels, VisitedPage } from '../../domain/chats/customer.ts';
import type { AgentProfile, AgentsById } from '../../domain/chats/people.ts';
import type { Micros } from '../../kernel/clock.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AgentSideCustomer, AgentSideUser, CustomerSideUser } from '../../wire/user.ts';

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

/** @param chat the customer's, if they have one */
export function presentCustomerToAgent(customer: Customer, chat: Chat | undefined): AgentSideCustomer {
  const { lastVisit, statistics } = customer;
  return {
    ...presentProfile(customer),
    created_at: formatTimestamp(customer.createdAt),
    ...(lastVisit
      ? {
          visit: {
            started_at: formatTimestamp(lastVisit.startedAt),
            ...optional('ended_at', lastVisit.endedAt),
            ...(lastVisit.referrer ? { referrer: lastVisit.referrer } : {}),
            ...presentVisit(lastVisit),
            ...(lastVisit.pages ? { last_pages: lastVisit.pages.map(presentPage) } : {}),
          },
        }
      : {}),
    statistics: {
      chats_count: chat ? 1 : 0,
      threads_count: chat?.threadsCount ?? 0,
      visits_count: statistics.visits,
      page_views_count: statistics.pageViews,
      greetings_shown_count: statistics.greetingsShown,
      greetings_accepted_count: statistics.greetingsAccepted,
      tickets_count: statistics.tickets,
    },
    ...optional('agent_last_event_created_at', chat?.agentLastEventAt ?? null),
    ...optional('customer_last_event_created_at', chat?.customerLastEventAt ?? null),
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
      ...(customer?.id === user.id ? presentProfile(customer) : { id: user.id, type: 'customer' }),
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

/** What is known of a customer, as they and agents see it. */
export function presentProfile(customer: Customer) {
  return {
    id: customer.id,
    type: 'customer' as const,
    ...(customer.name ? { name: customer.name } : {}),
    ...(customer.email ? { email: customer.email, email_verified: customer.emailVerified } : {}),
    ...(customer.avatar ? { avatar: customer.avatar } : {}),
    ...(customer.phoneNumber ? { phone_number: customer.phoneNumber } : {}),
    ...(customer.sessionFields.length > 0 ? { session_fields: customer.sessionFields } : {}),
    ...(customer.address ? { address: customer.address } : {}),
    ...(customer.channels ? { omnichannel: presentChannels(customer.channels) } : {}),
  };
}

/** Docs: data-structures#customer: what is asked for as one object is given out as lists, in another spelling. */
function presentChannels({ messenger, twilio }: CustomerChannels) {
  return {
    ...(messenger.length > 0
      ? {
          fb_messenger: messenger.map((profile) => ({
            ID: profile.id,
            ...(profile.name === undefined ? {} : { Name: profile.name }),
            ...(profile.firstName === undefined ? {} : { FirstName: profile.firstName }),
            ...(profile.lastName === undefined ? {} : { LastName: profile.lastName }),
            ...(profile.picture === undefined ? {} : { ProfilePicURL: profile.picture }),
            ...(profile.gender === undefined ? {} : { Gender: profile.gender }),
            ...(profile.locale === undefined ? {} : { Locale: profile.locale }),
            ...(profile.verified === undefined ? {} : { IsVerifiedUser: profile.verified }),
          })),
        }
      : {}),
    ...(twilio.length > 0
      ? { twilio: twilio.map((number) => ({ [number]: { phone_number: number } })) }
      : {}),
  };
}

function presentPage({ openedAt, url, title }: VisitedPage) {
  return { opened_at: formatTimestamp(openedAt), url, ...(title === undefined ? {} : { title }) };
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
