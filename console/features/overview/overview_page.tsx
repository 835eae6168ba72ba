import { Badge, Button, Group, SimpleGrid, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { readPostmanCollection } from '../../api/apps.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { NameText } from '../../design/name_text.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { saveFile } from '../../design/save_file.ts';
import { SectionCard } from '../../design/section_card.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';
import { DeleteApp } from './delete_app.tsx';
import { Steps } from './steps.tsx';
import { UnverifiedApp } from './unverified_app.tsx';

export function OverviewPage() {
  const texts = useTexts();
  const app = useApp();
  const postman = useMutation({
    mutationFn: () => readPostmanCollection(app.id),
    onSuccess: (collection) => saveFile(collection, 'gatehouse.postman_collection.json'),
  });
  return (
    <>
      <PageHeader
        title={texts.overview.title}
        context={app.name}
        description={
          <NameText inherit lines={3}>
            {app.short_description || texts.overview.noDescription}
          </NameText>
        }
      />
      {app.registration?.verified === false ? <UnverifiedApp app={app} /> : null}
      <Steps app={app} />
      <SectionCard
        title={texts.overview.postmanTitle}
        description={texts.overview.postmanHint}
        action={
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            onClick={() => postman.mutate()}
            loading={postman.isPending}
          >
            {texts.overview.postman}
          </Button>
        }
      >
        {postman.error ? <ErrorAlert error={postman.error} title={texts.overview.postmanFailed} /> : null}
      </SectionCard>
      <SectionCard title={texts.overview.factsTitle}>
        <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 4 }} m={0}>
          <Fact label={texts.overview.product}>{texts.products[app.product]}</Fact>
          <Fact label={texts.overview.visibility}>
            <Badge variant="default">{texts.overview.private}</Badge>
          </Fact>
          <Fact label={texts.overview.created}>
            <TimeText value={app.created_at} />
          </Fact>
          <Fact label={texts.overview.updated}>
            <TimeText value={app.updated_at} />
          </Fact>
        </SimpleGrid>
      </SectionCard>
      <SectionCard title={texts.overview.dangerTitle} danger>
        <Group justify="space-between" gap="md">
          <Text size="sm" flex="1 1 16rem">
            {texts.overview.deleteText}
          </Text>
          <DeleteApp app={app} />
        </Group>
      </SectionCard>
    </>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0}>
        {children}
      </Text>
    </div>
  );
}
