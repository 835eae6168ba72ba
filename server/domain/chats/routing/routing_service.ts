import type { ChatDeps } from '../deps.ts';
import { agentsForTransfer } from './agents_for_transfer.ts';
import { addUserToChat, removeUserFromChat } from './chat_members.ts';
import { followChat, unfollowChat } from './following.ts';
import { DEFAULT_TIMEOUTS, type Timeouts } from './inactivity.ts';
import { listRoutingStatuses, setRoutingStatus } from './statuses.ts';
import { tendChats } from './tend_chats.ts';
import { transferChat } from './transfer_chat.ts';

/** Who serves which chat. */
export function createRoutingService(deps: ChatDeps, timeouts: Timeouts = DEFAULT_TIMEOUTS) {
  return {
    follow: followChat(deps),
    unfollow: unfollowChat(deps),
    transfer: transferChat(deps),
    agentsForTransfer: agentsForTransfer(deps),
    addUser: addUserToChat(deps),
    removeUser: removeUserFromChat(deps),
    tend: tendChats(deps, timeouts),
    setStatus: setRoutingStatus(deps),
    statuses: listRoutingStatuses(deps),
  };
}

export type RoutingService = ReturnType<typeof createRoutingService>;
