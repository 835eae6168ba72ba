import { useEffect, useState } from 'preact/hooks';
import type { Conversation, ConversationState } from '../conversation/conversation.ts';
import type { PageSettings } from '../conversation/customer_api.ts';
import { texts } from '../texts/en.ts';
import { Composer } from './composer.tsx';
import { EndChat } from './end_chat.tsx';
import { Introduction } from './introduction.tsx';
import { Log } from './log.tsx';

function useConversation(conversation: Conversation): ConversationState {
  const [state, setState] = useState(conversation.get);
  useEffect(() => {
    setState(conversation.get());
    return conversation.subscribe(() => setState(conversation.get()));
  }, [conversation]);
  return state;
}

/** The whole page: who one writes to, the conversation, and where one writes. */
export function ChatWindow({
  conversation,
  settings,
}: {
  conversation: Conversation;
  settings: PageSettings;
}) {
  const state = useConversation(conversation);
  const title = texts.chatWith(settings.organization_name);
  useEffect(() => {
    document.title = state.unread > 0 ? texts.unreadTitle(state.unread, title) : title;
  }, [state.unread, title]);

  const current = state.threads.at(-1);
  const active = current?.active ?? false;
  return (
    <div class="window">
      <header class="head">
        <Mark />
        <div class="head_words">
          <h1 dir="auto">{title}</h1>
          {state.availability ? (
            <p class={`availability ${state.availability}`}>{texts.availability[state.availability]}</p>
          ) : null}
        </div>
        {active ? <EndChat onEnd={() => conversation.close()} /> : null}
      </header>
      {state.offline && state.phase === 'ready' ? (
        <p class="banner" role="status">
          {texts.unreachable}
        </p>
      ) : null}
      <Body conversation={conversation} state={state} />
      {state.phase === 'ready' ? (
        <footer class="foot">
          {active && current?.queue ? (
            <p class="queue" role="status">
              {texts.queued(current.queue.position, Math.round((current.queue.wait_time ?? 0) / 60))}
            </p>
          ) : null}
          {state.chatId !== undefined && !active && current ? <p class="hint">{texts.ended}</p> : null}
          <Composer
            placeholder={state.chatId === undefined || active ? texts.placeholder : texts.resumePlaceholder}
            canUpload={state.canUpload}
            onSend={conversation.send}
            onFile={conversation.attach}
            onTyping={conversation.typing}
          />
        </footer>
      ) : null}
    </div>
  );
}

function Body({ conversation, state }: { conversation: Conversation; state: ConversationState }) {
  if (state.phase === 'banned') return <Notice title={texts.bannedTitle} text={texts.bannedText} />;
  if (state.phase === 'refused')
    return <Notice title={texts.refusedTitle} text={state.refusal} onRetry={conversation.tryAgain} />;
  if (state.phase === 'connecting')
    return (
      <main class="notice" aria-busy="true">
        <p role="status">{state.offline ? texts.unreachable : texts.connecting}</p>
      </main>
    );
  const empty = state.threads.length === 0 && state.unsent.length === 0;
  return (
    <main class="body">
      {empty ? (
        <div class="welcome">
          <h2>{texts.welcome}</h2>
          <p>{texts.welcomeText}</p>
        </div>
      ) : null}
      <Log conversation={conversation} state={state} />
      {state.canIntroduce && (state.customer.name === '' || state.customer.email === '') ? (
        <Introduction customer={state.customer} onSave={conversation.introduce} open={empty} />
      ) : null}
    </main>
  );
}

function Notice({ title, text, onRetry }: { title: string; text: string; onRetry?: () => void }) {
  return (
    <main class="notice">
      <div role="alert">
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      {onRetry ? (
        <button type="button" class="primary" onClick={onRetry}>
          {texts.tryAgain}
        </button>
      ) : null}
    </main>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path d="M3 4.5A1.5 1.5 0 0 1 4.5 3h3A1.5 1.5 0 0 1 9 4.5V8h3.5V4.5A1.5 1.5 0 0 1 14 3h4a1.5 1.5 0 0 1 1.5 1.5V8H23V4.5A1.5 1.5 0 0 1 24.5 3h3A1.5 1.5 0 0 1 29 4.5V29h-5.5V21.5a7.5 7.5 0 0 0-15 0V29H3Z" />
      <path class="mark_light" d="M11.5 29V21.5a4.5 4.5 0 0 1 9 0V29Z" />
    </svg>
  );
}
