import { Badge, Button, Group, NativeSelect, Text } from '@mantine/core';
import { IconRefresh, IconSend } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type AppWithWebhooks,
  type DeliveryState,
  sendAgain,
  type WebhookDelivery,
  webhookDeliveriesQuery,
} from '../../api/webhooks.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { MoreButton } from '../../design/more_button.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';

const STATES: DeliveryState[] = ['queued', 'failed', 'delivered'];
const COLORS = { queued: 'blue', delivered: 'green', failed: 'red' } as const;

/** What went, waits and failed, with the reason, and a way to send it again. */
export function Deliveries({ apps }: { apps: AppWithWebhooks[] }) {
  const words = useTexts().webhooks;
  const [state, setState] = useState<DeliveryState>();
  const list = useInfiniteQuery(webhookDeliveriesQuery(state));
  const deliveries = list.data?.pages.flatMap((page) => page.deliveries) ?? [];
  const counts = list.data?.pages[0]?.counts;
  const total = STATES.reduce((sum, one) => sum + (counts?.[one] ?? 0), 0);
  const labelled = (one: DeliveryState) =>
    counts ? `${words.states[one]} (${counts[one]})` : words.states[one];
  return (
    <SectionCard
      title={words.deliveriesTitle}
      description={words.deliveriesText}
      action={
        <NativeSelect
          label={words.filter}
          data={[
            { value: '', label: counts ? `${words.anyState} (${total})` : words.anyState },
            ...STATES.map((value) => ({ value, label: labelled(value) })),
          ]}
          value={state ?? ''}
          onChange={(event) =>
            setState((event.currentTarget.value || undefined) as DeliveryState | undefined)
          }
        />
      }
    >
      {list.isPending ? (
        <RowsSkeleton />
      ) : list.error && deliveries.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
      ) : deliveries.length === 0 ? (
        <EmptyState
          icon={<IconSend size={30} />}
          title={state ? words.noMatchTitle : words.emptyTitle}
          text={state ? words.noMatchText : words.emptyText}
        />
      ) : (
        <ul className="row_list">
          {deliveries.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              app={apps.find(({ client_id }) => client_id === delivery.client_id)}
            />
          ))}
        </ul>
      )}
      <ErrorAlert error={deliveries.length > 0 ? list.error : null} />
      <MoreButton list={list} label={words.more} mt="md" />
    </SectionCard>
  );
}

function DeliveryRow({ delivery, app }: { delivery: WebhookDelivery; app: AppWithWebhooks | undefined }) {
  const words = useTexts().webhooks;
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => sendAgain(delivery.id),
    onSuccess: () => toast.done(words.sentAgain),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks', 'deliveries'] }),
  });
  const { state, action, attempts, reason } = delivery;
  const url = app?.webhooks.find(({ id }) => id === delivery.webhook_id)?.url;
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {action}
            </Text>
            <Badge variant="light" color={COLORS[state]}>
              {words.states[state]}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            <TimeText value={delivery.created_at} /> · {words.to} {app?.name ?? delivery.client_id}
            {url ? ` (${url})` : ''} · {words.attempts(attempts)}
          </Text>
          {reason ? (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {reason}
              {delivery.next_attempt_at && attempts > 0 ? (
                <>
                  {' · '}
                  {words.next} <TimeText value={delivery.next_attempt_at} />
                </>
              ) : null}
            </Text>
          ) : null}
        </div>
        {state === 'failed' ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            aria-label={words.sendAgainLabel(action)}
            loading={again.isPending}
            onClick={() => again.mutate()}
          >
            {words.sendAgain}
          </Button>
        ) : null}
      </Group>
      <ErrorAlert error={again.error} mt="md" />
    </li>
  );
}
