import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isApiError } from '../../api/api_error.ts';
import { appQuery } from '../../api/queries.ts';
import type { App } from '../../api/types.ts';
import type { Draft } from '../../design/draft.ts';
import { equal } from '../../design/equal.ts';
import { keepApp } from './use_app_mutation.ts';

interface VersionedSave<T> {
  appId: string;
  draft: Draft<T>;
  /** The part of the app that the form edits; null when it is gone. */
  pick: (app: App) => T | null;
  send: (values: T, version: number) => Promise<App>;
}

/**
 * Saves a draft under the app's version. When the version moved on but nobody touched this form's part (the
 * icon changed, or our own answer was lost on the way), the save is repeated under the new version; when
 * somebody changed the same part, the draft shows both and nothing is written.
 */
export function useVersionedSave<T extends object>({ appId, draft, pick, send }: VersionedSave<T>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (values: T): Promise<{ sent: T; app: App }> => {
      const known = queryClient.getQueryData(appQuery(appId).queryKey);
      try {
        return { sent: values, app: await send(values, known?.version ?? 0) };
      } catch (error) {
        if (!isApiError(error, 'conflict')) throw error;
        const fresh = await queryClient.fetchQuery({ ...appQuery(appId), staleTime: 0 });
        const theirs = pick(fresh);
        if (theirs && (equal(theirs, draft.base) || equal(theirs, values)))
          return { sent: values, app: await send(values, fresh.version) };
        throw error;
      }
    },
    onSuccess: ({ sent, app }) => {
      keepApp(queryClient, app);
      const answer = pick(app);
      if (answer) draft.settle(sent, answer);
    },
  });
}
