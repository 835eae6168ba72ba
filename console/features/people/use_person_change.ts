import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isApiError } from '../../api/api_error.ts';
import { PEOPLE, sessionQuery } from '../../api/queries.ts';
import type { Person } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { toast } from '../../design/toast.tsx';

/**
 * A change of a person. The lists are read anew when it is done, and also when somebody else was first, so that
 * what is refused is seen as it is now.
 * @param done what is said afterwards
 */
export function usePersonChange<Input>(
  person: Person,
  change: (input: Input) => Promise<unknown>,
  done: string,
) {
  const queryClient = useQueryClient();
  const { account } = useSession();
  const refresh = () => queryClient.invalidateQueries({ queryKey: [PEOPLE] });
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      toast.done(done);
      // One's own roles decide what the whole Console offers.
      if (person.account_id === account.id)
        await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      await refresh();
    },
    onError: (error) => {
      if (isApiError(error, 'conflict') || isApiError(error, 'not_found')) void refresh();
    },
  });
}
