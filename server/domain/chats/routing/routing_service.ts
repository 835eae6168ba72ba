import type { ChatDeps } from '../deps.ts';
import { listRoutingStatuses, setRoutingStatus } from './statuses.ts';

/** Who serves which chat. */
export function createRoutingService(deps: ChatDeps) {
  return {
    setStatus: setRoutingStatus(deps),
    statuses: listRoutingStatuses(deps),
  };
}

export type RoutingService = ReturnType<typeof createRoutingService>;
