import { Button, Group, Text } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { appWebhooksQuery, type RegisteredWebhook, unregisterWebhook } from '../../api/webhooks.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { LinkButton } from '../../design/link_button.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';
import { NewWebhookForm } from './new_webhook_form.tsx';

/** The building block: what the app is told of in organizations that have it. */
export function ChatWebhooksPage() {
  const texts = useTexts();
  const words = texts.chatWebhooks;
  const app = useApp();
  const clientId = app.authorization?.client_id;
  return (
    <>
      <PageHeader title={words.title} description={words.description} context={app.name} />
      {clientId ? (
        <>
          <Registered clientId={clientId} />
          <NewWebhookForm clientId={clientId} />
        </>
      ) : (
        <EmptyState
          icon={<IconWebhook size={30} />}
          title={words.emptyTitle}
          text={words.needsAuthorization}
          action={
            <LinkButton to="/apps/$appId/authorization" params={{ appId: app.id }}>
              {texts.buildingBlocks.authorization.title}
            </LinkButton>
          }
        />
      )}
    </>
  );
}

function Registered({ clientId }: { clientId: string }) {
  const words = useTexts().chatWebhooks;
  const list = useQuery(appWebhooksQuery(clientId));
  const webhooks = list.data ?? [];
  return (
    <SectionCard title={words.listTitle}>
      {list.isPending ? (
        <RowsSkeleton />
      ) : list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
      ) : webhooks.length === 0 ? (
        <EmptyState icon={<IconWebhook size={30} />} title={words.emptyTitle} text={words.emptyText} />
      ) : (
        <ul className="row_list">
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} clientId={clientId} webhook={webhook} />
          ))}
        </ul>
      )}
    </SectionCard>
  );
}

function WebhookRow({ clientId, webhook }: { clientId: string; webhook: RegisteredWebhook }) {
  const words = useTexts().chatWebhooks;
  const confirm = useConfirm();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => unregisterWebhook(clientId, webhook.id),
    onSuccess: () => toast.done(words.removed),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  const ask = async () => {
    const sure = await confirm({
      title: words.removeTitle,
      text: words.removeText,
      confirm: words.remove,
      danger: true,
    });
    if (sure) remove.mutate();
  };
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div style={{ flex: '1 1 14rem', minWidth: 0, overflowWrap: 'anywhere' }}>
          <Text fw={600}>{webhook.action}</Text>
          <Text size="sm">{webhook.url}</Text>
          <Text size="xs" c="dimmed">
            {webhook.description ? `${webhook.description} · ` : ''}
            {words.types[webhook.type]}
          </Text>
        </div>
        <Button
          size="xs"
          variant="outline"
          color="red"
          aria-label={words.removeLabel(webhook.action)}
          loading={remove.isPending}
          onClick={() => void ask()}
        >
          {words.remove}
        </Button>
      </Group>
      <ErrorAlert error={remove.error} mt="md" />
    </li>
  );
}
