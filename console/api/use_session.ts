import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './queries.ts';
import type { Session } from './types.ts';

/** The current session. Only below the root, which shows nothing until it is there. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('useSession is used outside of the signed-in part of the Console');
  return data;
}
