import { Button, Text } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Unsent } from '../../chat/conversation/threads.ts';
import { EventContent } from '../../chat/view/event_content.tsx';
import { attempt, useInbox, useInboxState } from '../app/use_inbox.ts';
import type { OpenChat } from '../state/inbox_state.ts';
import type { ChatEvent, Thread, User } from '../state/wire.ts';
import { texts } from '../texts/en.ts';
import { clockTime, dayOf } from '../times.ts';

/** How far from the end one may have scrolled and still be taken along by what comes. */
const NEAR_END = 80;

/** The conversation, the oldest first; what comes is read out to who cannot see it. */
export function MessageLog({ open }: { open: OpenChat }) {
  const { unsent: all } = useInboxState();
  const unsent = all.get(open.id) ?? [];
  const box = useRef<HTMLDivElement>(null);
  const nearEnd = useRef(true);
  useLayoutEffect(() => {
    const element = box.current;
    if (element && nearEnd.current) element.scrollTop = element.scrollHeight;
  });
  const users = new Map(open.users.map((user) => [user.id, user]));
  return (
    <div
      className="log"
      ref={box}
      role="log"
      aria-live="polite"
      aria-label={texts.chat.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        nearEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {open.earlierPage === undefined ? null : <Earlier />}
      {open.threads.map((thread) => (
        <ThreadPart key={thread.id} thread={thread} users={users} />
      ))}
      {unsent.length > 0 ? (
        <ol className="events">
          {unsent.map((one) => (
            <UnsentItem key={one.customId} one={one} />
          ))}
        </ol>
      ) : null}
    </div>
  );
}

function Earlier() {
  const inbox = useInbox();
  const [busy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    await attempt(inbox.loadEarlier);
    setBusy(false);
  };
  return (
    <div className="list_more">
      <Button variant="subtle" loading={busy} onClick={() => void load()}>
        {texts.chat.earlier}
      </Button>
    </div>
  );
}

function ThreadPart({ thread, users }: { thread: Thread; users: Map<string, User> }) {
  const day = dayOf(thread.created_at);
  return (
    <section aria-label={texts.chat.conversationOf(day)}>
      <p className="day">
        <time dateTime={thread.created_at}>{day}</time>
      </p>
      <ol className="events">
        {thread.events.map((event) => (
          <EventItem
            key={event.id}
            event={event}
            author={event.author_id === undefined ? undefined : users.get(event.author_id)}
          />
        ))}
      </ol>
    </section>
  );
}

function EventItem({ event, author }: { event: ChatEvent; author: User | undefined }) {
  if (event.type === 'system_message')
    return (
      <li className="system" dir="auto">
        {event.text}
      </li>
    );
  const isCustomer = author?.type === 'customer';
  const isNote = event.visibility === 'agents';
  const name = author?.name || author?.email || (isCustomer ? texts.chat.unnamed : (event.author_id ?? ''));
  return (
    <li className={`event ${isCustomer ? 'theirs' : 'own'} ${isNote ? 'note' : ''}`}>
      <p className="author">
        <bdi>{name}</bdi>
        {isNote ? ` · ${texts.chat.noteForAgents}` : null}
      </p>
      <div className="bubble" dir="auto">
        {event.deleted ? <em>{texts.chat.deleted}</em> : null}
        {event.deleted && event.text === undefined ? null : (
          <EventContent event={event} usable={false} onPress={() => {}} />
        )}
      </div>
      <p className="time">
        <time dateTime={event.created_at}>{clockTime(event.created_at)}</time>
      </p>
    </li>
  );
}

function UnsentItem({ one }: { one: Unsent }) {
  const inbox = useInbox();
  const { customId, state, problem } = one;
  const isStuck = state === 'waiting' || state === 'failed';
  const isNote = one.visibility === 'agents';
  return (
    <li className={`event own ${isNote ? 'note' : ''} ${isStuck ? 'stuck' : 'sending'}`}>
      <div className="bubble" dir="auto">
        <span className="text">{one.text}</span>
      </div>
      {isStuck ? (
        <div className="time" role="alert">
          <Text size="xs" component="span">
            {state === 'waiting' ? texts.chat.waiting : texts.chat.notSent}{' '}
            {state === 'failed' ? problem : null}
          </Text>{' '}
          <button type="button" className="link" onClick={() => inbox.retry(customId)}>
            {texts.chat.sendAgain}
          </button>{' '}
          <button type="button" className="link" onClick={() => inbox.discard(customId)}>
            {texts.chat.discard}
          </button>
        </div>
      ) : (
        <p className="time">{texts.chat.sending}</p>
      )}
    </li>
  );
}
