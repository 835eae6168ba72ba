import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isApiError } from '../../api/api_error.ts';
import { TEAM } from '../../api/team.ts';
import { toast } from '../../design/toast.tsx';

/**
 * A change of agents or groups. Both lists are read anew when it is done, and also when somebody else was first.
 * @param done what is said afterwards
 */
export function useTeamChange<Input>(
  change: (input: Input) => Promise<unknown>,
  done: (input: Input) => string,
) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: [TEAM] });
  return useMutation({
    mutationFn: change,
    onSuccess: async (_, input) => {
      toast.done(done(input));
      await refresh();
    },
    onError: (error) => {
      if (isApiError(error, 'conflict') || isApiError(error, 'not_found')) void refresh();
    },
  });
}
