import type { PropertyCaller } from '../properties/definition.ts';

/** How far a caller sees: every chat, those of their groups, or those they are in. */
export type Reach = 'all' | 'access' | 'my';

export interface AgentActor {
  kind: 'agent';
  licenseId: number;
  /** The e-mail. */
  agentId: string;
  reach: Reach;
  groupIds: readonly number[];
  /** The app they call through; none for a personal access token. */
  clientId?: string | null;
}

export interface CustomerActor {
  kind: 'customer';
  licenseId: number;
  customerId: string;
  ip: string | null;
  userAgent: string | null;
  /** The app they call through. */
  clientId?: string | null;
  /** The page that their request came from, where it says so. */
  page?: string | null;
}

export type Actor = AgentActor | CustomerActor;

/** The actor's id among the users of a chat. */
export function actorId(actor: Actor): string {
  return actor.kind === 'agent' ? actor.agentId : actor.customerId;
}

/** The actor as properties know them. */
export function propertyCaller(actor: Actor): PropertyCaller {
  return { user: actor.kind, clientId: actor.clientId ?? null };
}
