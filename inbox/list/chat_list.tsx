import { Anchor, Button, Loader, NativeSelect, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { attempt, useInbox, useInboxState } from '../app/use_inbox.ts';
import type { StatusFilter } from '../state/inbox_state.ts';
import { texts } from '../texts/en.ts';
import { ChatRow } from './chat_row.tsx';
import { StartChatDialog } from './start_chat_dialog.tsx';

const STATUSES: readonly StatusFilter[] = ['active', 'all', 'closed'];

/** The chats that the filter lets through, the newest first. */
export function ChatList({
  filterRef,
  shown,
}: {
  filterRef: RefObject<HTMLSelectElement | null>;
  shown: boolean;
}) {
  const inbox = useInbox();
  const { filter, list, me, open, seen } = useInboxState();
  const [startOpened, start] = useDisclosure(false);
  const groups = me?.groups ?? [];
  return (
    <nav className={`pane pane_list ${shown ? 'pane_shown' : ''}`} aria-label={texts.list.label}>
      <div className="list_head">
        <div className="list_filters">
          <NativeSelect
            ref={filterRef}
            aria-label={texts.list.show}
            value={filter.status}
            onChange={(event) => inbox.filter(event.currentTarget.value as StatusFilter, filter.groupId)}
            data={STATUSES.map((value) => ({ value, label: texts.list.filters[value] }))}
          />
          {groups.length > 1 ? (
            <NativeSelect
              aria-label={texts.list.group}
              value={filter.groupId === undefined ? '' : String(filter.groupId)}
              onChange={(event) => {
                const { value } = event.currentTarget;
                inbox.filter(filter.status, value === '' ? undefined : Number(value));
              }}
              data={[
                { value: '', label: texts.list.everyGroup },
                ...groups.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
            />
          ) : null}
        </div>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={start.open}>
          {texts.list.start}
        </Button>
      </div>
      <div className="list_scroll" aria-busy={list.phase === 'loading'}>
        {list.phase === 'loading' ? (
          <div className="list_state" role="status">
            <Loader size="sm" />
            <Text size="sm">{texts.list.loading}</Text>
          </div>
        ) : null}
        {list.phase === 'ready' && list.chats.length === 0 ? (
          <div className="list_state">
            <Text fw={600}>{texts.list.emptyTitle}</Text>
            <Text size="sm" c="dimmed">
              {texts.list.empty[filter.status]}
            </Text>
            {filter.status === 'closed' || !me ? null : (
              <Anchor href={`/chat/${me.session.organization.id}`} target="_blank" rel="noopener" size="sm">
                {texts.header.chatPage}
              </Anchor>
            )}
          </div>
        ) : null}
        <ul className="chats">
          {list.chats.map((chat) => (
            <ChatRow
              key={chat.id}
              chat={chat}
              agentId={me?.agentId ?? ''}
              seen={seen.get(chat.id)}
              isOpen={chat.id === open?.id}
            />
          ))}
        </ul>
        {list.nextPage === undefined ? null : <More />}
        {list.phase === 'ready' && list.chats.length > 0 ? (
          <Text size="xs" c="dimmed" ta="center" p="xs" role="status">
            {texts.list.found(list.found)}
          </Text>
        ) : null}
      </div>
      <StartChatDialog opened={startOpened} onClose={start.close} />
    </nav>
  );
}

function More() {
  const inbox = useInbox();
  const [busy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    await attempt(inbox.loadMore);
    setBusy(false);
  };
  return (
    <div className="list_more">
      <Button variant="subtle" loading={busy} onClick={() => void load()}>
        {texts.list.more}
      </Button>
    </div>
  );
}
