import { Badge, Text } from '@mantine/core';
import { NameText } from '../../console/design/name_text.tsx';
import { openChat } from '../app/address.ts';
import { useInbox } from '../app/use_inbox.ts';
import { customerOf, isUnread, lastEvent } from '../state/summaries.ts';
import type { ChatEvent, ChatSummary } from '../state/wire.ts';
import { texts } from '../texts/en.ts';
import { shortTime } from '../times.ts';

export function ChatRow(props: {
  chat: ChatSummary;
  agentId: string;
  seen: string | undefined;
  isOpen: boolean;
}) {
  const { chat, agentId, seen, isOpen } = props;
  const inbox = useInbox();
  const customer = customerOf(chat.users);
  const event = lastEvent(chat);
  const thread = chat.last_thread_summary;
  const unread = !isOpen && isUnread(chat, agentId, seen);
  const at = event?.created_at ?? thread?.created_at;
  return (
    <li>
      <a
        id={`chat-${chat.id}`}
        href={`/inbox/${chat.id}`}
        className="chat_row"
        aria-current={isOpen ? 'true' : undefined}
        onClick={(click) => {
          if (click.ctrlKey || click.metaKey || click.shiftKey) return;
          click.preventDefault();
          openChat(inbox, chat.id);
        }}
      >
        <span className="chat_row_line">
          <NameText size="sm" fw={unread ? 700 : 600}>
            {customer?.name || customer?.email || texts.chat.unnamed}
          </NameText>
          {at ? (
            <Text component="time" dateTime={at} size="xs" c="dimmed" className="chat_row_time">
              {shortTime(at)}
            </Text>
          ) : null}
        </span>
        <span className="chat_row_line">
          <Text
            component="span"
            size="sm"
            c={unread ? 'var(--mantine-color-text)' : 'dimmed'}
            className="chat_row_text"
            dir="auto"
          >
            {event ? excerptOf(event, agentId) : texts.list.nothing}
          </Text>
          {unread ? (
            <span className="unread">
              <span className="visually_hidden">{texts.list.unread}</span>
            </span>
          ) : null}
        </span>
        <Labels chat={chat} />
      </a>
    </li>
  );
}

function Labels({ chat }: { chat: ChatSummary }) {
  const thread = chat.last_thread_summary;
  const tags = thread?.tags ?? [];
  const isClosed = thread && !thread.active;
  if (tags.length === 0 && !isClosed && !thread?.queue) return null;
  return (
    <span className="chat_row_labels">
      {thread?.queue ? (
        <Badge size="sm" color="orange" variant="light">
          {texts.list.queued(thread.queue.position)}
        </Badge>
      ) : null}
      {isClosed ? (
        <Badge size="sm" color="gray" variant="light">
          {texts.list.ended}
        </Badge>
      ) : null}
      {tags.map((tag) => (
        <Badge key={tag} size="sm" variant="outline" tt="none">
          {tag}
        </Badge>
      ))}
    </span>
  );
}

function excerptOf(event: ChatEvent, agentId: string): string {
  const what =
    event.type === 'file'
      ? (event.name ?? texts.list.file)
      : event.type === 'rich_message'
        ? texts.list.rich
        : event.type === 'filled_form'
          ? texts.list.form
          : (event.text ?? '');
  if (event.visibility === 'agents') return `${texts.list.note} ${what}`;
  return event.author_id === agentId ? `${texts.list.you} ${what}` : what;
}
