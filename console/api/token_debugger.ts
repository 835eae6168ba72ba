import { request } from './request.ts';
import type { Timestamp } from './types.ts';

export type LifeState =
  | 'alive'
  | 'used'
  | 'rotated'
  | 'expired'
  | 'idle'
  | 'evicted'
  | 'revoked'
  | 'holder_gone'
  | 'holder_suspended'
  | 'bot_gone';

export interface TokenLife {
  state: LifeState;
  /** What revoked it. */
  reason: string | null;
  ended_at: Timestamp | null;
}

export interface FamilyNode {
  id: string;
  kind: 'code' | 'refresh' | 'access';
  parent: string | null;
  presented: boolean;
  life: TokenLife;
  issued_at: Timestamp;
  expires_at: Timestamp;
}

export type SpellingNote =
  | 'header_name'
  | 'bearer'
  | 'basic'
  | 'pair'
  | 'quotes'
  | 'white_space'
  | 'percent_encoded'
  | 'from_address'
  | 'region_missing';

export interface TokenFacts {
  id: string | null;
  life: TokenLife;
  app: { id: string | null; name: string | null; client_id: string } | null;
  account: { id: string; name: string | null; email: string | null } | null;
  bot: { id: string; name: string } | null;
  customer: { id: string; name: string | null } | null;
  organization: { id: string; name: string; license_id: number };
  /** Of a personal access token. */
  name: string | null;
  scopes: { scope: string; title: string; effective: boolean }[];
  resources: string[] | null;
  opens: { api: 'agent' | 'configuration' | 'customer'; methods: string[] }[];
  issued_at: Timestamp;
  expires_at: Timestamp;
  last_used_at: Timestamp | null;
  family: { nodes: FamilyNode[]; truncated: boolean } | null;
}

export interface InspectedToken {
  kind: string | null;
  found: 'yours' | 'not_yours' | 'unknown';
  notes: SpellingNote[];
  token: TokenFacts | null;
}

/** Always in a body: a token in an address would stay in histories and logs. */
export function inspectToken(pasted: string): Promise<InspectedToken> {
  return request('POST', '/token_inspections', { body: { pasted } });
}

export function revokeToken(id: string): Promise<unknown> {
  return request('POST', '/token_revocations', { body: { id } });
}
