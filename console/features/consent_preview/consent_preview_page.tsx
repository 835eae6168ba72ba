import { Alert, Anchor, NativeSelect, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { consentRehearsalQuery } from '../../api/queries.ts';
import type { RehearsalPart } from '../../api/types.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { LinkButton } from '../../design/link_button.tsx';
import { PageSkeleton } from '../../design/loading.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';

/** The consent page of the app as somebody else sees it, and whether they see it at all. */
export function ConsentPreviewPage() {
  const words = useTexts().consentPreview;
  const app = useApp();
  const rehearsal = useQuery(consentRehearsalQuery(app.id));
  const [part, setPart] = useState<RehearsalPart>('owner');
  const shown = rehearsal.data?.find(({ as }) => as === part);
  const address = `/console/consent_preview/${app.id}?as=${part}`;

  return (
    <>
      <PageHeader title={words.title} description={words.description} context={app.name} />
      {rehearsal.error ? (
        <ErrorState
          error={rehearsal.error}
          onRetry={() => void rehearsal.refetch()}
          retrying={rehearsal.isFetching}
        />
      ) : !rehearsal.data ? (
        <PageSkeleton />
      ) : app.authorization === null ? (
        <EmptyState
          icon={<IconExternalLink size={30} />}
          title={words.title}
          text={words.noBlock}
          action={
            <LinkButton to="/apps/$appId/building-blocks" params={{ appId: app.id }}>
              {words.addBlock}
            </LinkButton>
          }
        />
      ) : (
        <SectionCard title={words.as}>
          <Stack gap="md">
            <NativeSelect
              aria-label={words.as}
              value={part}
              onChange={(event) => setPart(event.currentTarget.value as RehearsalPart)}
              data={Object.entries(words.parts).map(([value, label]) => ({ value, label }))}
              maw="20rem"
            />
            {shown ? (
              <div aria-live="polite">
                <Alert color={shown.outcome === 'refused' ? 'red' : 'blue'} variant="light">
                  <Text size="sm">
                    {words.outcomes[shown.outcome]} {shown.message}
                  </Text>
                  {shown.dropped.length > 0 ? (
                    <Text size="sm" mt={4} className="name">
                      {words.dropped} <code>{shown.dropped.join(', ')}</code>
                    </Text>
                  ) : null}
                </Alert>
              </div>
            ) : null}
            {shown && shown.outcome !== 'refused' ? (
              <>
                <iframe
                  key={address}
                  src={address}
                  title={words.frame(words.parts[part])}
                  sandbox="allow-same-origin"
                  className="preview_frame"
                />
                <Anchor size="sm" href={address} target="_blank" rel="noopener">
                  {words.newTab}
                </Anchor>
              </>
            ) : null}
          </Stack>
        </SectionCard>
      )}
    </>
  );
}
