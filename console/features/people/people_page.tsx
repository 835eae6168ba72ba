import { Button, CloseButton, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { peopleQuery } from '../../api/queries.ts';
import type { AccountsRole, PersonStatus } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { MoreButton } from '../../design/more_button.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { InvitationsCard } from './invitations_card.tsx';
import { InviteDialog } from './invite_dialog.tsx';
import { PersonRow } from './person_row.tsx';

const route = getRouteApi('/settings/people');
const TYPING_PAUSE_MS = 250;

/** Who belongs to the organization. Members read it; owners and administrators also change it. */
export function PeoplePage() {
  const texts = useTexts();
  const words = texts.people;
  const { organization, can_develop: manages } = useSession();
  const { search = '', role, status } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(search);
  const [inviting, invite] = useDisclosure(false);
  const list = useInfiniteQuery(peopleQuery({ search, role, status }));

  const narrow = (change: Record<string, string | undefined>) =>
    void navigate({ search: (now) => ({ ...now, ...change }) as typeof now, replace: true });
  const searchFor = (text: string) => narrow({ search: text.trim() || undefined });
  const searchSoon = useDebouncedCallback(searchFor, TYPING_PAUSE_MS);

  const pages = list.data?.pages ?? [];
  const people = pages.flatMap((page) => page.people);
  const last = pages.at(-1);
  const grantable = last?.grantable_roles ?? [];
  const grantableChat = last?.grantable_chat_roles ?? [];
  const everybody = !search && !role && !status;
  const alone = manages && everybody && list.isSuccess && last?.total === 1;
  const inviteButton = (
    <Button leftSection={<IconUserPlus size={16} />} onClick={invite.open} disabled={grantable.length === 0}>
      {words.invite.action}
    </Button>
  );

  return (
    <div className="page">
      <PageHeader
        title={words.title}
        description={
          <>
            {words.description(nameInSentence(organization.name))}
            {manages ? null : ` ${words.readOnly}`}
          </>
        }
        actions={manages && !alone ? inviteButton : null}
      />
      <Stack gap="md">
        <Group gap="sm" align="flex-end">
          <TextInput
            type="search"
            label={words.search}
            leftSection={<IconSearch size={16} />}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              searchSoon(event.currentTarget.value);
            }}
            rightSection={
              typed ? (
                <CloseButton
                  aria-label={words.clearSearch}
                  onClick={() => {
                    setTyped('');
                    searchFor('');
                  }}
                />
              ) : null
            }
            flex="1 1 16rem"
            maw="28rem"
          />
          <NativeSelect
            label={words.role}
            rightSection={<IconChevronDown size={16} aria-hidden="true" />}
            value={role ?? ''}
            onChange={(event) => narrow({ role: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: words.anyRole },
              ...(['owner', 'administrator', 'member'] satisfies AccountsRole[]).map((value) => ({
                value,
                label: texts.roles[value],
              })),
            ]}
          />
          <NativeSelect
            label={words.status}
            rightSection={<IconChevronDown size={16} aria-hidden="true" />}
            value={status ?? ''}
            onChange={(event) => narrow({ status: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: words.anyStatus },
              ...(['active', 'suspended'] satisfies PersonStatus[]).map((value) => ({
                value,
                label: words.statuses[value],
              })),
            ]}
          />
        </Group>
        {list.isPending ? (
          <RowsSkeleton />
        ) : list.error && people.length === 0 ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : people.length === 0 ? (
          <EmptyState icon={<IconSearch size={30} />} title={words.noMatchTitle} text={words.noMatchText} />
        ) : (
          <>
            <Text size="sm" c="dimmed" role="status">
              {words.shown(people.length, last?.total ?? people.length)}
            </Text>
            <ul className="row_list" style={{ background: 'var(--mantine-color-body)' }}>
              {people.map((person) => (
                <PersonRow
                  key={person.account_id}
                  person={person}
                  grantable={grantable}
                  grantableChat={grantableChat}
                />
              ))}
            </ul>
            <ErrorAlert error={list.error} />
            <MoreButton list={list} label={words.more} />
          </>
        )}
        {alone ? (
          <EmptyState
            icon={<IconUsers size={30} />}
            title={words.aloneTitle}
            text={words.aloneText}
            action={inviteButton}
          />
        ) : null}
        {manages ? <InvitationsCard /> : null}
      </Stack>
      <InviteDialog
        opened={inviting}
        onClose={invite.close}
        grantable={grantable}
        grantableChat={grantableChat}
      />
    </div>
  );
}
