import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconRefresh, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { refusedRequestQuery, refusedRequestsQuery } from '../../api/queries.ts';
import type { RefusalEndpoint, RefusalReason, RefusedRequest } from '../../api/refusal_types.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { MoreButton } from '../../design/more_button.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';
import { FindRequest } from './find_request.tsx';
import { RefusalDrawer, type ShownRefusal } from './refusal_drawer.tsx';

const route = getRouteApi('/apps/$appId/refused-requests');

/** What was refused to an app, and why. */
export function RefusedRequestsPage() {
  const texts = useTexts();
  const app = useApp();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(
    refusedRequestsQuery(app.id, { endpoint: filters.endpoint, reason: filters.reason }),
  );
  const [shown, setShown] = useState<ShownRefusal | null>(null);
  const linked = useQuery({
    ...refusedRequestQuery(filters.request ?? ''),
    enabled: filters.request !== undefined,
  });
  const found: ShownRefusal | null = linked.data
    ? {
        appId: linked.data.app_id,
        appName: linked.data.app_name,
        refusal: linked.data.refused_request,
      }
    : null;
  const close = () => {
    setShown(null);
    if (filters.request !== undefined) filter({});
  };
  const refusals = list.data?.pages.flatMap((page) => page.refused_requests) ?? [];
  const filtered = filters.endpoint !== undefined || filters.reason !== undefined;

  const filter = (change: { endpoint?: string; reason?: string }) => {
    const next = { ...filters, ...change };
    void navigate({
      search: {
        ...(next.endpoint ? { endpoint: next.endpoint as RefusalEndpoint } : {}),
        ...(next.reason ? { reason: next.reason as RefusalReason } : {}),
      },
      replace: true,
    });
  };

  return (
    <>
      <PageHeader
        title={texts.refusals.title}
        description={texts.refusals.description}
        context={app.name}
        actions={
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={list.isRefetching}
            onClick={() => void list.refetch()}
          >
            {texts.refusals.refresh}
          </Button>
        }
      />
      <Stack gap="md">
        <FindRequest onFound={setShown} />
        <ErrorAlert error={filters.request === undefined ? null : linked.error} />
        <Group align="flex-end" gap="md">
          <NativeSelect
            label={texts.refusals.endpoint}
            data={optionsOf(texts.refusals.endpoints, texts.refusals.everywhere)}
            value={filters.endpoint ?? ''}
            onChange={(event) => filter({ endpoint: event.currentTarget.value })}
            flex="1 1 12rem"
            maw="20rem"
          />
          <NativeSelect
            label={texts.refusals.reason}
            data={optionsOf(texts.refusals.reasons, texts.refusals.anyReason)}
            value={filters.reason ?? ''}
            onChange={(event) => filter({ reason: event.currentTarget.value })}
            flex="1 1 12rem"
            maw="20rem"
          />
        </Group>
        {list.isPending ? (
          <RowsSkeleton />
        ) : list.error && refusals.length === 0 ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : refusals.length === 0 ? (
          <EmptyState
            icon={filtered ? <IconShieldX size={30} /> : <IconShieldCheck size={30} />}
            title={filtered ? texts.refusals.noMatchTitle : texts.refusals.emptyTitle}
            text={filtered ? texts.refusals.noMatchText : texts.refusals.emptyText}
          />
        ) : (
          <>
            <ul className="row_list" style={{ background: 'var(--mantine-color-body)' }}>
              {refusals.map((refusal) => (
                <RefusalRow
                  key={refusal.id}
                  refusal={refusal}
                  onOpen={() => setShown({ appId: app.id, refusal })}
                />
              ))}
            </ul>
            <ErrorAlert error={list.error} />
            <MoreButton list={list} label={texts.refusals.more} />
          </>
        )}
      </Stack>
      <RefusalDrawer shown={shown ?? (filters.request === undefined ? null : found)} onClose={close} />
    </>
  );
}

function optionsOf(names: Record<string, string>, all: string): { value: string; label: string }[] {
  return [{ value: '', label: all }, ...Object.entries(names).map(([value, label]) => ({ value, label }))];
}

function RefusalRow({ refusal, onOpen }: { refusal: RefusedRequest; onOpen: () => void }) {
  const texts = useTexts();
  const reason = texts.refusals.reasons[refusal.reason];
  return (
    <li>
      <Group justify="space-between" gap="xs" align="flex-start">
        <Stack gap={2} flex="1 1 16rem" miw={0}>
          <Text fw={600}>{reason}</Text>
          <Text size="sm" className="name" lineClamp={2}>
            {refusal.check}
          </Text>
          <Text size="xs" c="dimmed" className="name">
            {texts.refusals.endpoints[refusal.endpoint]} · <code>{refusal.error}</code> ·{' '}
            <TimeText value={refusal.at} />
          </Text>
        </Stack>
        <Button variant="subtle" size="xs" aria-label={texts.refusals.open(reason)} onClick={onOpen}>
          {texts.refusals.details}
        </Button>
      </Group>
    </li>
  );
}
