import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { organizationCompatibilityQuery } from '../../api/queries.ts';
import type { AppCompatibility } from '../../api/types.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { LinkButton } from '../../design/link_button.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { NameText } from '../../design/name_text.tsx';
import { clipName } from '../../design/names.ts';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { CompatibilityList } from '../compatibility/compatibility_list.tsx';
import { StrictIsSafe } from '../compatibility/strict_is_safe.tsx';

/** Which apps the strict profile would stop, and by what. */
export function CompatibleApps() {
  const texts = useTexts();
  const words = texts.securitySettings.compatibleApps;
  const compatibility = useQuery(organizationCompatibilityQuery);

  return (
    <SectionCard title={words.title} description={words.description}>
      {compatibility.isPending ? (
        <RowsSkeleton rows={2} />
      ) : !compatibility.data ? (
        <ErrorAlert error={compatibility.error} title={words.failed} />
      ) : compatibility.data.length === 0 ? (
        <StrictIsSafe title={words.noneTitle} text={words.none} />
      ) : (
        <Stack gap="lg">
          {compatibility.data.map((app) => (
            <AppUses key={app.app_id} app={app} />
          ))}
        </Stack>
      )}
    </SectionCard>
  );
}

function AppUses({ app }: { app: AppCompatibility }) {
  const texts = useTexts();
  return (
    <div>
      <Title order={3} size="h4" mb="xs">
        <NameText fw={600}>{app.name}</NameText>
      </Title>
      <CompatibilityList uses={app.features} />
      <LinkButton
        to="/apps/$appId/authorization"
        params={{ appId: app.app_id }}
        variant="default"
        size="xs"
        mt="xs"
      >
        {texts.securitySettings.compatibleApps.mend(clipName(app.name))}
      </LinkButton>
    </div>
  );
}
