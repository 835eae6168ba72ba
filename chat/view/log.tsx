import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ChatApiError } from '../client/chat_api_error.ts';
import type { ChatEvent, Thread, User } from '../client/wire.ts';
import type { Conversation, ConversationState } from '../conversation/conversation.ts';
import type { Unsent } from '../conversation/threads.ts';
import { texts } from '../texts/en.ts';
import { EventContent } from './event_content.tsx';
import { dayOf, timeOf } from './times.ts';

/** How far from the end one may have scrolled and still be taken along by what comes. */
const NEAR_END = 80;

/** The conversation, the oldest first; what comes is read out to who cannot see it. */
export function Log({ conversation, state }: { conversation: Conversation; state: ConversationState }) {
  const box = useRef<HTMLDivElement>(null);
  const nearEnd = useRef(true);
  useLayoutEffect(() => {
    const element = box.current;
    if (element && nearEnd.current) element.scrollTop = element.scrollHeight;
  });

  const users = new Map(state.users.map((user) => [user.id, user]));
  return (
    <div
      class="log"
      ref={box}
      role="log"
      aria-live="polite"
      aria-label={texts.log}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        nearEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {state.earlierPage !== undefined ? <Earlier onLoad={conversation.loadEarlier} /> : null}
      {state.threads.map((thread) => (
        <ThreadPart
          key={thread.id}
          thread={thread}
          users={users}
          customerId={state.customerId}
          conversation={conversation}
        />
      ))}
      {state.unsent.length > 0 ? (
        <ol class="events">
          {state.unsent.map((one) => (
            <UnsentItem key={one.customId} one={one} conversation={conversation} />
          ))}
        </ol>
      ) : null}
    </div>
  );
}

function Earlier({ onLoad }: { onLoad(): Promise<void> }) {
  const [state, setState] = useState({ busy: false, problem: '' });
  async function load(): Promise<void> {
    setState({ busy: true, problem: '' });
    try {
      await onLoad();
      setState({ busy: false, problem: '' });
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      setState({ busy: false, problem: error.message || texts.unreachable });
    }
  }
  return (
    <div class="earlier">
      <button type="button" class="quiet" disabled={state.busy} onClick={() => void load()}>
        {texts.earlier}
      </button>
      {state.problem ? <p role="alert">{state.problem}</p> : null}
    </div>
  );
}

function ThreadPart(props: {
  thread: Thread;
  users: Map<string, User>;
  customerId: string;
  conversation: Conversation;
}) {
  const { thread, users, customerId, conversation } = props;
  const day = dayOf(thread.created_at);
  return (
    <section aria-label={texts.conversationOf(day)}>
      <p class="day">
        <time dateTime={thread.created_at}>{day}</time>
      </p>
      <ol class="events">
        {thread.events.map((event, at) => (
          <EventItem
            key={event.id}
            event={event}
            thread={thread}
            previous={thread.events[at - 1]}
            author={event.author_id === undefined ? undefined : users.get(event.author_id)}
            isOwn={event.author_id === customerId}
            conversation={conversation}
          />
        ))}
      </ol>
    </section>
  );
}

function EventItem(props: {
  event: ChatEvent;
  thread: Thread;
  previous: ChatEvent | undefined;
  author: User | undefined;
  isOwn: boolean;
  conversation: Conversation;
}) {
  const { event, thread, previous, author, isOwn, conversation } = props;
  if (event.type === 'system_message')
    return (
      <li class="system" dir="auto">
        {event.text}
      </li>
    );
  const name = isOwn ? texts.you : (author?.name ?? texts.agent);
  const isFollowing = previous?.author_id === event.author_id && previous?.type !== 'system_message';
  return (
    <li class={`event ${isOwn ? 'own' : 'theirs'}`}>
      <p class={isFollowing ? 'author hidden' : 'author'}>
        <span dir="auto">{name}</span>
      </p>
      <div class="bubble" dir="auto">
        <EventContent
          event={event}
          usable={thread.active}
          onPress={(button) => conversation.press(event, thread.id, button)}
        />
      </div>
      <p class="time">
        <time dateTime={event.created_at}>{timeOf(event.created_at)}</time>
      </p>
    </li>
  );
}

function UnsentItem({ one, conversation }: { one: Unsent; conversation: Conversation }) {
  const { customId, state, problem } = one;
  const isStuck = state === 'waiting' || state === 'failed';
  return (
    <li class={`event own ${isStuck ? 'stuck' : 'sending'}`}>
      <p class="author hidden">{texts.you}</p>
      <div class="bubble" dir="auto">
        <span class="text">{one.text}</span>
      </div>
      {isStuck ? (
        <p class="time" role="alert">
          <span>
            {state === 'waiting' ? texts.waiting : texts.notSent} {state === 'failed' ? problem : null}
          </span>{' '}
          <button type="button" class="link" onClick={() => conversation.retry(customId)}>
            {texts.sendAgain}
          </button>{' '}
          <button type="button" class="link" onClick={() => conversation.discard(customId)}>
            {texts.discard}
          </button>
        </p>
      ) : (
        <p class="time">{texts.sending}</p>
      )}
    </li>
  );
}
