/** How far a caller sees: every chat, those of their groups, or those they are in. */
export type Reach = 'all' | 'access' | 'my';

export interface AgentActor {
  kind: 'agent';
  licenseId: number;
  /** The e-mail. */
  agentId: string;
  reach: Reach;
  groupIds: readonly number[];
}

export interface CustomerActor {
  kind: 'customer';
  licenseId: number;
  customerId: string;
  ip: string | null;
  userAgent: string | null;
}

export type Actor = AgentActor | CustomerActor;

/** The actor's id among the users of a chat. */
export function actorId(actor: Actor): string {
  return actor.kind === 'agent' ? actor.agentId : actor.customerId;
}
