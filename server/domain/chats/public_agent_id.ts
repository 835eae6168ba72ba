import { type Keyring, mac } from '../../kernel/keyring.ts';

/** How customers are told of an agent: 32 hex digits that do not give the e-mail away. */
export type PublicAgentId = (licenseId: number, agentId: string) => string;

const KEPT = 10_000;

/** The same agent of the same organization always gets the same id. */
export function publicAgentIds(keyring: Keyring): PublicAgentId {
  const key = keyring.derive('public_agent_id');
  const kept = new Map<string, string>();
  return (licenseId, agentId) => {
    const name = `${licenseId}/${agentId}`;
    let id = kept.get(name);
    if (!id) {
      if (kept.size >= KEPT) kept.clear();
      id = mac(key, name).subarray(0, 16).toString('hex');
      kept.set(name, id);
    }
    return id;
  };
}
