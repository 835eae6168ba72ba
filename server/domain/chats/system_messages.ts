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

function message(type: string, pattern: string, variables: Record<string, string>): SystemMessage {
  const text = pattern.replace(/%([a-z_]+)%/g, (whole, name: string) => variables[name] ?? whole);
  return { system_message_type: type, text, text_vars: variables };
}
