import { addUserToChat } from './add_user_to_chat.ts';
import { followChat } from './follow_chat.ts';
import { listAgentsForTransfer } from './list_agents_for_transfer.ts';
import { listRoutingStatuses } from './list_routing_statuses.ts';
import { removeUserFromChat } from './remove_user_from_chat.ts';
import { setRoutingStatus } from './set_routing_status.ts';
import { transferChat } from './transfer_chat.ts';
import { unfollowChat } from './unfollow_chat.ts';

/** Of the Agent Chat API, who is in which chat. */
export const agentSeatMethods = [
  followChat,
  listAgentsForTransfer,
  transferChat,
  addUserToChat,
  removeUserFromChat,
  unfollowChat,
  setRoutingStatus,
  listRoutingStatuses,
] as const;
