import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '../design/error_state.tsx';

/** A page that broke while it was loaded (a missing part after an update, say) or drawn. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <div className="page">
      <ErrorState
        error={error}
        onRetry={() => {
          // After an update of the server, old parts are gone: only a full load finds the new ones.
          if (error instanceof Error && /import|module|load/i.test(error.message)) location.reload();
          else reset();
        }}
      />
    </div>
  );
}
