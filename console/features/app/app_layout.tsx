import { Anchor } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { isApiError } from '../../api/api_error.ts';
import { appQuery } from '../../api/queries.ts';
import { ErrorState } from '../../design/error_state.tsx';
import { LinkButton } from '../../design/link_button.tsx';
import { PageSkeleton } from '../../design/loading.tsx';
import { NameText } from '../../design/name_text.tsx';
import { SquarePicture } from '../../design/square_picture.tsx';
import { useTexts } from '../../texts/texts.ts';
import { AppContext } from './app_context.ts';

const route = getRouteApi('/apps/$appId');

/** Loads the app for the pages below. */
export function AppLayout() {
  const texts = useTexts();
  const { appId } = route.useParams();
  const app = useQuery(appQuery(appId));

  if (!app.data)
    return (
      <div className="page">
        {app.error ? (
          <ErrorState
            error={app.error}
            {...(isApiError(app.error, 'not_found') ? { title: texts.app.notFound } : {})}
            onRetry={() => void app.refetch()}
            retrying={app.isFetching}
            action={
              <LinkButton to="/apps" variant="default">
                {texts.app.backToApps}
              </LinkButton>
            }
          />
        ) : (
          <PageSkeleton />
        )}
      </div>
    );

  return (
    // One app's typed state never shows up under another app: the key starts the pages afresh.
    <AppContext value={app.data} key={appId}>
      <div className="page">
        <nav className="trail" aria-label={texts.app.trail}>
          <Anchor component={Link} to="/apps" size="sm">
            {texts.nav.apps}
          </Anchor>
          <IconChevronRight size={14} aria-hidden="true" />
          <SquarePicture name={app.data.name} url={app.data.icon_url} size={24} />
          <NameText size="sm" fw={600}>
            {app.data.name}
          </NameText>
        </nav>
        <Outlet />
      </div>
    </AppContext>
  );
}
