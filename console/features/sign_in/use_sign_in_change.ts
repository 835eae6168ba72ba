import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '../../design/toast.tsx';

/** A change of how people log in: afterwards everything about it is read again, since one decides about the others. */
export function useSignInChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  done: (output: Output, input: Input) => string | undefined,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (output, input) => {
      const words = done(output, input);
      if (words !== undefined) toast.done(words);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sign_in'] }),
  });
}
