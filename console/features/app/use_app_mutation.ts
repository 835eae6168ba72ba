import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { isApiError } from '../../api/api_error.ts';
import { appQuery } from '../../api/queries.ts';
import type { App } from '../../api/types.ts';

/** Puts an app that a call answered into the cache, and lets the lists ask again. */
export function keepApp(queryClient: QueryClient, app: App): void {
  queryClient.setQueryData(appQuery(app.id).queryKey, app);
  void queryClient.invalidateQueries({ queryKey: ['apps'] });
}

/**
 * A change of an app whose call answers the app (or something that holds it). A refusal makes the page read the
 * app again: somebody else may have done the same meanwhile, and the page should show what is.
 */
export function useAppMutation<Input, Answer>(
  appId: string,
  run: (input: Input) => Promise<Answer>,
  appOf: (answer: Answer) => App,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (answer) => keepApp(queryClient, appOf(answer)),
    onError: (error) => {
      if (isApiError(error) && error.status >= 400 && error.status < 500)
        return queryClient.invalidateQueries({ queryKey: appQuery(appId).queryKey });
      return undefined;
    },
  });
}
