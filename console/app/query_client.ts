import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api_error.ts';

const RETRIES = 2;

/** Only failures that may pass by themselves are tried again: a restart, a busy moment. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.type === 'network' || error.type === 'service_unavailable' || error.status >= 500;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < RETRIES && mayPass(error),
        // The browser's own idea of being offline is wrong for a server on the same machine.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
