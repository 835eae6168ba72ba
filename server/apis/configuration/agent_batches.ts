import { batchMethod } from '../registry/batch.ts';
import { approveAgent } from './approve_agent.ts';
import { createAgent } from './create_agent.ts';
import { deleteAgent } from './delete_agent.ts';
import { suspendAgent } from './suspend_agent.ts';
import { unsuspendAgent } from './unsuspend_agent.ts';
import { updateAgent } from './update_agent.ts';

export const agentBatches = [
  batchMethod(createAgent, { name: 'batch_create_agents' }),
  batchMethod(updateAgent, { name: 'batch_update_agents' }),
  batchMethod(deleteAgent, { name: 'batch_delete_agents' }),
  batchMethod(suspendAgent, { name: 'batch_suspend_agents' }),
  batchMethod(unsuspendAgent, { name: 'batch_unsuspend_agents' }),
  batchMethod(approveAgent, { name: 'batch_approve_agents' }),
] as const;
