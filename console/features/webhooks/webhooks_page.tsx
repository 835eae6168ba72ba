import { Badge, Group, Switch, Text } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from '../../api/use_session.ts';
import { type AppWithWebhooks, organizationWebhooksQuery, switchWebhooks } from '../../api/webhooks.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { Deliveries } from './deliveries.tsx';

/** What apps are told of in the organization, and how it went. */
export function WebhooksPage() {
  const words = useTexts().webhooks;
  const { organization } = useSession();
  const list = useQuery(organizationWebhooksQuery);
  const apps = list.data?.apps ?? [];
  return (
    <div className="page">
      <PageHeader title={words.title} description={words.description(nameInSentence(organization.name))} />
      <SectionCard title={words.appsTitle} description={words.appsText}>
        {list.isPending ? (
          <RowsSkeleton />
        ) : list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : apps.length === 0 ? (
          <EmptyState icon={<IconWebhook size={30} />} title={words.noAppsTitle} text={words.noAppsText} />
        ) : (
          <ul className="row_list">
            {apps.map((app) => (
              <AppRow key={app.id} app={app} />
            ))}
          </ul>
        )}
      </SectionCard>
      <Deliveries apps={apps} />
    </div>
  );
}

function AppRow({ app }: { app: AppWithWebhooks }) {
  const words = useTexts().webhooks;
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (on: boolean) => switchWebhooks(app.client_id, on),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  return (
    <li>
      <Group justify="space-between" gap="sm">
        <Text fw={600} className="name" flex="1 1 12rem" miw={0}>
          {app.name}
        </Text>
        <Switch
          aria-label={words.switch(nameInSentence(app.name))}
          label={app.enabled ? words.on : words.off}
          checked={app.enabled}
          disabled={change.isPending}
          onChange={(event) => change.mutate(event.currentTarget.checked)}
        />
      </Group>
      <details style={{ marginBlockStart: '0.25rem' }}>
        <summary style={{ cursor: 'pointer', fontSize: '0.85rem' }}>
          {words.count(app.webhooks.length)}
        </summary>
        <ul style={{ margin: '0.25rem 0 0', paddingInlineStart: '1.1rem', overflowWrap: 'anywhere' }}>
          {app.webhooks.map(({ id, action, url, type }) => (
            <li key={id} style={{ padding: 0, border: 0 }}>
              <Text size="sm" component="span">
                {action} → {url}
              </Text>{' '}
              {type === 'bot' ? (
                <Badge size="xs" variant="light">
                  bot
                </Badge>
              ) : null}
            </li>
          ))}
        </ul>
      </details>
      <ErrorAlert error={change.error} mt="md" />
    </li>
  );
}
