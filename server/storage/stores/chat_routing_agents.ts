import type { RoutingStore } from '../../domain/chats/routing/routing_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';

interface AgentOf {
  licenseId: number;
  agentId: string;
}

/** A statement that sets one column of an agent's row, which it makes where there is none. */
function setting<V extends string | number | null>(column: 'assigned_at' | 'status' | 'chat_limit') {
  return statement<AgentOf & { value: V }, unknown>((db, p) =>
    db
      .insertInto('agent_assignments')
      .values({
        license_id: p.licenseId,
        agent_id: p.agentId,
        assigned_at: 0,
        status: null,
        chat_limit: null,
        [column]: p.value,
      })
      .onConflict((conflict) =>
        conflict.columns(['license_id', 'agent_id']).doUpdateSet({ [column]: p.value }),
      ),
  );
}

const setAssignedAt = setting<number>('assigned_at');
const setStatus = setting<string>('status');
const setChatLimit = setting<number | null>('chat_limit');

/** What is written of an agent's work. */
export function agentRows(
  session: Session,
  licenseId: number,
): Pick<RoutingStore, 'recordAssignment' | 'setRoutingStatus' | 'setChatLimit'> {
  return {
    async recordAssignment(agentId, at) {
      await session.run(setAssignedAt, { licenseId, agentId, value: at });
    },
    async setRoutingStatus(agentId, status) {
      await session.run(setStatus, { licenseId, agentId, value: status });
    },
    async setChatLimit(agentId, limit) {
      await session.run(setChatLimit, { licenseId, agentId, value: limit });
    },
  };
}
