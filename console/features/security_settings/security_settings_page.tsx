import { useQuery } from '@tanstack/react-query';
import { organizationSettingsQuery } from '../../api/queries.ts';
import { useSession } from '../../api/use_session.ts';
import { ErrorState } from '../../design/error_state.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { CompatibleApps } from './compatible_apps.tsx';
import { DynamicRegistration } from './dynamic_registration.tsx';
import { ForceStrict } from './force_strict.tsx';

/** What the owner decides for every app of the organization. */
export function SecuritySettingsPage() {
  const texts = useTexts();
  const { organization } = useSession();
  const settings = useQuery(organizationSettingsQuery);

  return (
    <div className="page">
      <PageHeader
        title={texts.securitySettings.title}
        description={texts.securitySettings.description(nameInSentence(organization.name))}
      />
      {settings.isPending ? (
        <RowsSkeleton rows={2} />
      ) : !settings.data ? (
        <ErrorState
          error={settings.error}
          onRetry={() => void settings.refetch()}
          retrying={settings.isFetching}
        />
      ) : (
        <>
          <ForceStrict settings={settings.data} />
          <CompatibleApps />
          <DynamicRegistration />
        </>
      )}
    </div>
  );
}
