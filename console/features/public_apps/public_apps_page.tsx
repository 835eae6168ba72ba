import { SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconApps, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listInstalledApps, listPublicApps, type OfferedApp } from '../../api/publishing.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { MoreButton } from '../../design/more_button.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { OfferedAppRow } from './offered_app_row.tsx';

type Shown = 'offered' | 'installed';
const TYPING_PAUSE_MS = 250;

/** What organizations of this server offer, and what is installed in this one. */
export function PublicAppsPage() {
  const texts = useTexts();
  const [shown, setShown] = useState<Shown>('offered');
  return (
    <div className="page">
      <PageHeader
        title={texts.publicApps.title}
        description={texts.publicApps.description}
        actions={
          <SegmentedControl
            aria-label={texts.publicApps.show}
            value={shown}
            onChange={(value) => setShown(value as Shown)}
            data={[
              { value: 'offered', label: texts.publicApps.offered },
              { value: 'installed', label: texts.publicApps.installed },
            ]}
          />
        }
      />
      {shown === 'offered' ? <Offered /> : <Installed />}
    </div>
  );
}

function Offered() {
  const texts = useTexts();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS);
  const list = useInfiniteQuery({
    queryKey: ['public_apps', search],
    queryFn: ({ pageParam, signal }) => listPublicApps(search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_id,
    placeholderData: keepPreviousData,
  });
  const apps = list.data?.pages.flatMap((page) => page.apps) ?? [];
  return (
    <Stack gap="md">
      <TextInput
        type="search"
        label={texts.publicApps.search}
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maw="28rem"
      />
      {list.isPending ? (
        <RowsSkeleton />
      ) : list.error && apps.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
      ) : apps.length === 0 ? (
        <EmptyState
          icon={<IconApps size={30} />}
          title={search ? texts.publicApps.noMatchTitle : texts.publicApps.emptyTitle}
          text={search ? texts.publicApps.noMatchText : texts.publicApps.emptyText}
        />
      ) : (
        <Rows apps={apps} />
      )}
      <MoreButton list={list} label={texts.publicApps.more} />
    </Stack>
  );
}

function Installed() {
  const texts = useTexts();
  const list = useQuery({
    queryKey: ['public_apps', 'installed'],
    queryFn: ({ signal }) => listInstalledApps(signal),
  });
  if (list.data?.length === 0)
    return (
      <EmptyState
        icon={<IconApps size={30} />}
        title={texts.publicApps.nothingInstalledTitle}
        text={texts.publicApps.nothingInstalledText}
      />
    );
  if (list.data) return <Rows apps={list.data} />;
  return list.error ? (
    <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
  ) : (
    <RowsSkeleton />
  );
}

function Rows({ apps }: { apps: readonly OfferedApp[] }) {
  return (
    <ul className="row_list" style={{ background: 'var(--mantine-color-body)' }}>
      {apps.map((app) => (
        <OfferedAppRow key={app.id} app={app} />
      ))}
    </ul>
  );
}
