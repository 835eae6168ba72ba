/**
 * In whose organization a unit of work changes chats, and who asked for it. Agents and customers of the chat domain
 * are such causes as they are; the server's own work (routing, timers) names the organization alone.
 */
export interface Cause {
  licenseId: number;
  agentId?: string;
  customerId?: string;
  /** The app they call through. */
  clientId?: string | null;
  /** What is written is of the past: nobody is told. */
  silent?: true;
}

export function causeOf(who: number | Cause): Cause {
  return typeof who === 'number' ? { licenseId: who } : who;
}

/** The user who asked for it; undefined where it was the server itself. */
export function requesterOf({ agentId, customerId }: Cause): string | undefined {
  return agentId ?? customerId;
}
