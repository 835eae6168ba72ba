import { Button, CloseButton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconApps, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { appsQuery } from '../../api/queries.ts';
import { useSession } from '../../api/use_session.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { MoreButton } from '../../design/more_button.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { ChatPageCard } from '../chat_page/chat_page_card.tsx';
import { CreateAppDialog } from '../create_app/create_app_dialog.tsx';
import { FirstStepsCard } from '../first_steps/first_steps_card.tsx';
import { AppRow } from './app_row.tsx';

const route = getRouteApi('/apps');
const TYPING_PAUSE_MS = 250;

export function AppsListPage() {
  const texts = useTexts();
  const { organization } = useSession();
  const { search = '', create } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(search);
  const list = useInfiniteQuery(appsQuery(search));

  const searchFor = (text: string) =>
    void navigate({
      search: (now) => ({ ...now, search: text.trim() || undefined }) as typeof now,
      replace: true,
    });
  const searchSoon = useDebouncedCallback(searchFor, TYPING_PAUSE_MS);
  const openDialog = () => void navigate({ search: (now) => ({ ...now, create: '1' as const }) });
  const closeDialog = () => void navigate({ search: search ? { search } : {}, replace: true });

  const pages = list.data?.pages ?? [];
  const apps = pages.flatMap((page) => page.apps);
  const total = pages.at(-1)?.total ?? 0;
  const nothingYet = list.isSuccess && !search && apps.length === 0;
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={openDialog}>
      {texts.apps.create}
    </Button>
  );

  return (
    <div className="page">
      <PageHeader
        title={texts.apps.title}
        description={texts.apps.description(nameInSentence(organization.name))}
        actions={nothingYet ? null : createButton}
      />
      {nothingYet ? null : <FirstStepsCard />}
      {nothingYet ? (
        <EmptyState
          icon={<IconApps size={30} />}
          title={texts.apps.emptyTitle}
          text={texts.apps.emptyText}
          action={createButton}
        />
      ) : (
        <Stack gap="md">
          <TextInput
            type="search"
            label={texts.apps.search}
            placeholder={texts.apps.searchPlaceholder}
            leftSection={<IconSearch size={16} />}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              searchSoon(event.currentTarget.value);
            }}
            rightSection={
              typed ? (
                <CloseButton
                  aria-label={texts.apps.clearSearch}
                  onClick={() => {
                    setTyped('');
                    searchFor('');
                  }}
                />
              ) : null
            }
            maw="28rem"
          />
          {list.isPending ? (
            <RowsSkeleton />
          ) : list.error && apps.length === 0 ? (
            <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
          ) : apps.length === 0 ? (
            <EmptyState
              icon={<IconSearch size={30} />}
              title={texts.apps.noMatchTitle}
              text={texts.apps.noMatchText(nameInSentence(search))}
            />
          ) : (
            <>
              <Text size="sm" c="dimmed" role="status">
                {texts.apps.shown(apps.length, total)}
              </Text>
              <ul className="row_list" style={{ background: 'var(--mantine-color-body)' }}>
                {apps.map((app) => (
                  <AppRow key={app.id} app={app} />
                ))}
              </ul>
              <ErrorAlert error={list.error} />
              <MoreButton list={list} label={texts.apps.more} />
            </>
          )}
        </Stack>
      )}
      <div style={{ marginBlockStart: '1.5rem' }}>
        {nothingYet ? <FirstStepsCard /> : null}
        <ChatPageCard />
      </div>
      <CreateAppDialog opened={create === '1'} onClose={closeDialog} />
    </div>
  );
}
