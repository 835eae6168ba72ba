/**
 * What the server itself says in a chat. Types as in docs: messaging/references/system-activities; the
 * wording is our own. Variables are kept beside the text, so that a client can word it in another language.
 */
export interface SystemMessage {
  system_message_type: string;
  text: string;
  text_vars: Record<string, string>;
}

/** A new thread went to an agent. */
export function assigned(agent: string): SystemMessage {
  return message('routing.assigned', '%agent% takes this chat', { agent });
}

export function closedByAgent(agent: string): SystemMessage {
  return message('manual_archived_agent', '%agent% closed the chat', { agent });
}

export function closedByCustomer(customer: string): SystemMessage {
  return message('manual_archived_customer', '%customer% closed the chat', { customer });
}

/** The chat was closed by a ban. @param duration in words, such as `3 days` */
export function closedByBan(agent: string, duration: string): SystemMessage {
  return message('customer_banned', '%agent% banned the customer for %duration%', { agent, duration });
}

/** Name or e-mail of the customer changed while they chat. */
export function customerChanged(initiator: string, name: string, email: string): SystemMessage {
  return message('customer_updated', '%initiator% changed the customer to %customer_name% %customer_email%', {
    initiator,
    customer_name: name,
    customer_email: email,
  });
}

export function agentJoined(agent: string): SystemMessage {
  return message('agent_joined', '%agent% joined the chat', { agent });
}

export function agentAdded(initiator: string, agent: string): SystemMessage {
  return message('agent_added', '%initiator% brought %agent% into the chat', { initiator, agent });
}

export function agentLeft(agent: string): SystemMessage {
  return message('agent_left', '%agent% left the chat', { agent });
}

export function agentRemoved(initiator: string, agent: string): SystemMessage {
  return message('agent_removed', '%initiator% took %agent% out of the chat', { initiator, agent });
}

export function customerAdded(initiator: string, customer: string): SystemMessage {
  return message('customer_added', '%initiator% brought %customer% into the chat', { initiator, customer });
}

export function chatTransferred(initiator: string, targets: string): SystemMessage {
  return message('chat_transferred', '%initiator% passed the chat on to %targets%', { initiator, targets });
}

/** Why an agent has a chat no longer: their account is gone, they were silent, or anything else. */
export type HandOver = { agent: string } & (
  | { why: 'deleted' | 'other' }
  | { why: 'inactive'; minutes: number }
);

/** Another agent has the chat of one who has it no longer. */
export function reassigned(to: string, reason: HandOver): SystemMessage {
  const names = { agent_added: to, agent_removed: reason.agent };
  if (reason.why === 'inactive')
    return message(
      'routing.assigned_inactive',
      '%agent_added% takes this chat: %agent_removed% was silent for %duration% minutes',
      { ...names, duration: String(reason.minutes) },
    );
  return reason.why === 'deleted'
    ? message(
        'routing.assigned_deleted',
        '%agent_added% takes this chat: the account of %agent_removed% is gone',
        names,
      )
    : message('routing.assigned_other', '%agent_added% takes this chat from %agent_removed%', names);
}

/** The chat of an agent who has it no longer waits for another one. */
export function unassigned({ agent, why }: HandOver): SystemMessage {
  return why === 'deleted'
    ? message('routing.unassigned_deleted', 'The chat waits: the account of %agent% is gone', { agent })
    : message('routing.unassigned_other', 'The chat waits for an agent', {});
}

export function idle(minutes: number): SystemMessage {
  return message('routing.idle', 'Nobody has written for %duration% minutes', { duration: String(minutes) });
}

export function closedInactive(minutes: number): SystemMessage {
  return message('routing.archived_inactive', 'Closed after %duration% minutes without a word', {
    duration: String(minutes),
  });
}

export function closedOffline(): SystemMessage {
  return message('routing.archived_offline', 'Closed: nobody was there to take the chat', {});
}

function message(type: string, pattern: string, variables: Record<string, string>): SystemMessage {
  const text = pattern.replace(/%([a-z_]+)%/g, (whole, name: string) => variables[name] ?? whole);
  return { system_message_type: type, text, text_vars: variables };
}
