import { agentBatches } from './agent_batches.ts';
import { approveAgent } from './approve_agent.ts';
import { createAgent } from './create_agent.ts';
import { deleteAgent } from './delete_agent.ts';
import { requestAgentUnsuspension } from './request_agent_unsuspension.ts';
import { suspendAgent } from './suspend_agent.ts';
import { unsuspendAgent } from './unsuspend_agent.ts';
import { updateAgent } from './update_agent.ts';

/** What changes agents. */
export const agentWrites = [
  createAgent,
  updateAgent,
  deleteAgent,
  suspendAgent,
  unsuspendAgent,
  requestAgentUnsuspension,
  approveAgent,
  ...agentBatches,
] as const;
