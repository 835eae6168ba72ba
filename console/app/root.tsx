import { useQuery } from '@tanstack/react-query';
import { Outlet, useMatch } from '@tanstack/react-router';
import { isApiError } from '../api/api_error.ts';
import { sessionQuery } from '../api/queries.ts';
import { ConfirmProvider } from '../design/confirm.tsx';
import { ErrorState } from '../design/error_state.tsx';
import { PageSkeleton } from '../design/loading.tsx';
import { Toasts } from '../design/toast.tsx';
import { UnsavedChangesProvider } from '../design/unsaved_changes.tsx';
import { MemberPage } from './member_page.tsx';
import { SessionEnded } from './session_ended.tsx';
import { Shell } from './shell.tsx';
import { signInAddress } from './sign_in_address.ts';

let leaving = false;

/** Everything around a page: the session, the shell, the dialogs that any page may need. */
export function Root() {
  const session = useQuery(sessionQuery);
  const people = useMatch({ from: '/settings/people', shouldThrow: false });
  const tokens = useMatch({ from: '/settings/personal-access-tokens', shouldThrow: false });
  const openToMembers = people !== undefined || tokens !== undefined;

  if (!session.data) {
    if (isApiError(session.error, 'authentication')) {
      // Nothing is typed yet, so the sign-in page may take this place.
      if (!leaving) {
        leaving = true;
        location.replace(signInAddress());
      }
      return null;
    }
    return (
      <main className="page" style={{ padding: '2rem 1rem' }}>
        {session.error ? (
          <ErrorState
            error={session.error}
            onRetry={() => void session.refetch()}
            retrying={session.isFetching}
          />
        ) : (
          <PageSkeleton />
        )}
      </main>
    );
  }

  return (
    <ConfirmProvider>
      <UnsavedChangesProvider>
        <Shell session={session.data}>
          {session.data.can_develop || openToMembers ? <Outlet /> : <MemberPage />}
        </Shell>
        <SessionEnded session={session.data} />
        <Toasts />
      </UnsavedChangesProvider>
    </ConfirmProvider>
  );
}
