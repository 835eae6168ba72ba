import type { ChatStore } from '../../domain/chats/chat_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import { chatVerbs } from './chat_chats.ts';
import { customerVerbs } from './chat_customers.ts';
import { listVerbs } from './chat_lists.ts';
import { routingVerbsOn } from './chat_routing.ts';
import { lockingStatement } from './chat_statements.ts';
import { threadVerbs } from './chat_threads.ts';
import { fileUseVerbs } from './file_store.ts';

const knowAgent = statement<{ licenseId: number; agentId: string }, unknown>((db, p) =>
  db
    .insertInto('agent_assignments')
    .values({ license_id: p.licenseId, agent_id: p.agentId, assigned_at: 0 })
    .onConflict((conflict) => conflict.columns(['license_id', 'agent_id']).doNothing()),
);

const lockAgent = lockingStatement<{ licenseId: number; agentId: string }, { agent_id: string }>((db, p) =>
  db
    .selectFrom('agent_assignments')
    .select('agent_id')
    .where('license_id', '=', p.licenseId)
    .where('agent_id', '=', p.agentId),
);

/** The chats and customers of one organization: every query of this store says which. */
export function createChatStore(session: Session, licenseId: number): ChatStore {
  return {
    ...customerVerbs(session, licenseId),
    ...chatVerbs(session, licenseId),
    ...threadVerbs(session, licenseId),
    ...listVerbs(session, licenseId),
    ...routingVerbsOn(session, licenseId),
    ...fileUseVerbs(session, licenseId),
    async lockAgent(agentId) {
      await session.run(knowAgent, { licenseId, agentId });
      await session.first(lockAgent(session), { licenseId, agentId });
    },
  };
}
