import type { Unsent } from '../../chat/conversation/threads.ts';
import type { Me } from './agent_api.ts';
import type { ChatSummary, CustomerDetails, Thread, User } from './wire.ts';

export type StatusFilter = 'active' | 'all' | 'closed';
export type RoutingStatus = 'accepting_chats' | 'not_accepting_chats' | 'offline';

export interface OpenChat {
  id: string;
  /** `failed`: could not be read at all. */
  phase: 'loading' | 'ready' | 'failed';
  problem: string;
  threads: readonly Thread[];
  earlierPage: string | undefined;
  users: readonly User[];
  groupIds: readonly number[];
  customer: CustomerDetails | undefined;
}

/** Everything that the inbox shows, replaced as a whole whenever something in it changes. */
export interface InboxState {
  phase: 'connecting' | 'ready' | 'signed_out' | 'refused';
  refusal: string;
  /** The last question was in vain: what is shown may be old. */
  offline: boolean;
  me: Me | undefined;
  routing: RoutingStatus | undefined;
  filter: { status: StatusFilter; groupId: number | undefined };
  list: {
    phase: 'loading' | 'ready';
    chats: readonly ChatSummary[];
    found: number;
    nextPage: string | undefined;
  };
  open: OpenChat | undefined;
  /** By chat: until when this page has shown it. */
  seen: ReadonlyMap<string, string>;
  /** By chat: what is on its way, or could not be sent. */
  unsent: ReadonlyMap<string, readonly Unsent[]>;
}

export const beginning: InboxState = {
  phase: 'connecting',
  refusal: '',
  offline: false,
  me: undefined,
  routing: undefined,
  filter: { status: 'active', groupId: undefined },
  list: { phase: 'loading', chats: [], found: 0, nextPage: undefined },
  open: undefined,
  seen: new Map(),
  unsent: new Map(),
};
