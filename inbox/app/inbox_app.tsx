import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { Conversation } from '../conversation/conversation.tsx';
import { Details } from '../details/details.tsx';
import { ChatList } from '../list/chat_list.tsx';
import { isUnread } from '../state/summaries.ts';
import { texts } from '../texts/en.ts';
import { openChat } from './address.ts';
import { Header } from './header.tsx';
import { HelpDialog } from './help_dialog.tsx';
import { SignedOut } from './signed_out.tsx';
import { useInbox, useInboxState } from './use_inbox.ts';
import { useKeys } from './use_keys.ts';

/** Three panes on a wide screen; on a phone one at a time. */
export function InboxApp() {
  const inbox = useInbox();
  const state = useInboxState();
  const [helpOpened, help] = useDisclosure(false);
  const [detailsShown, setDetailsShown] = useState(false);
  const { open } = state;
  const filter = useRef<HTMLSelectElement>(null);
  useKeys(inbox, { help: help.open, filter });

  const unread = state.list.chats.filter((chat) =>
    isUnread(chat, state.me?.agentId ?? '', state.seen.get(chat.id)),
  ).length;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${texts.title} · Gatehouse`;
  }, [unread]);

  if (state.phase === 'connecting' || (state.phase === 'signed_out' && !state.me))
    return (
      <main className="inbox_whole">
        <Stack align="center" gap="sm">
          <Loader />
          <Text role="status">{state.offline ? texts.unreachable : texts.connecting}</Text>
        </Stack>
        {state.phase === 'signed_out' ? <SignedOut /> : null}
      </main>
    );
  if (state.phase === 'refused')
    return (
      <main className="inbox_whole">
        <Stack align="center" gap="sm" role="alert" maw="30rem" ta="center">
          <Title order={1} size="h2">
            {texts.refusedTitle}
          </Title>
          <Text>{state.refusal}</Text>
          <Button onClick={inbox.tryAgain}>{texts.tryAgain}</Button>
        </Stack>
      </main>
    );

  const pane = open === undefined ? 'list' : detailsShown ? 'details' : 'chat';
  return (
    <div className="inbox">
      <a href="#conversation" className="skip_link">
        {texts.skip}
      </a>
      <Header onHelp={help.open} />
      {state.offline ? (
        <Text className="inbox_banner" size="sm" role="status">
          {texts.unreachable}
        </Text>
      ) : null}
      <main className="inbox_panes">
        <ChatList filterRef={filter} shown={pane === 'list'} />
        <section
          id="conversation"
          tabIndex={-1}
          className={`pane pane_chat ${pane === 'chat' ? 'pane_shown' : ''} ${pane === 'details' ? 'pane_covered' : ''}`}
          aria-label={texts.chat.label}
        >
          {open ? (
            <Conversation
              key={open.id}
              open={open}
              onBack={() => {
                setDetailsShown(false);
                openChat(inbox, undefined);
              }}
              onDetails={() => setDetailsShown(true)}
            />
          ) : (
            <Center h="100%" p="xl">
              <Stack gap={4} align="center">
                <Title order={2}>{texts.chat.choose}</Title>
                <Text c="dimmed">{texts.chat.chooseText}</Text>
              </Stack>
            </Center>
          )}
        </section>
        {open ? (
          <Details
            key={open.id}
            open={open}
            shown={pane === 'details'}
            onBack={() => setDetailsShown(false)}
          />
        ) : null}
      </main>
      <HelpDialog opened={helpOpened} onClose={help.close} />
      {state.phase === 'signed_out' ? <SignedOut /> : null}
    </div>
  );
}
