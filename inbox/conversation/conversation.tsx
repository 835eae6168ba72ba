import { ActionIcon, Button, Loader, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react';
import { NameText } from '../../console/design/name_text.tsx';
import { attempt, useInbox, useInboxState } from '../app/use_inbox.ts';
import type { OpenChat } from '../state/inbox_state.ts';
import { customerOf, isPresent } from '../state/summaries.ts';
import { texts } from '../texts/en.ts';
import { ChatActions } from './chat_actions.tsx';
import { Composer } from './composer.tsx';
import { MessageLog } from './message_log.tsx';

/** One chat: who it is with, what can be done with it, what was said, and where one answers. */
export function Conversation(props: { open: OpenChat; onBack(): void; onDetails(): void }) {
  const { open, onBack, onDetails } = props;
  const inbox = useInbox();
  const { me } = useInboxState();
  const customer = customerOf(open.users);
  const name = customer?.name || customer?.email || texts.chat.unnamed;
  const active = open.threads.at(-1)?.active ?? false;
  const isIn = isPresent(open.users, me?.agentId ?? '');
  return (
    <>
      <div className="chat_head">
        <ActionIcon
          className="only_phone"
          variant="subtle"
          color="gray"
          size={40}
          aria-label={texts.chat.back}
          onClick={onBack}
        >
          <IconArrowLeft size={20} />
        </ActionIcon>
        <Title order={2} size="h3" className="chat_name">
          <NameText>{name}</NameText>
        </Title>
        {open.phase === 'ready' ? <ChatActions open={open} active={active} isIn={isIn} /> : null}
        <ActionIcon
          className="only_narrow"
          variant="subtle"
          color="gray"
          size={40}
          aria-label={texts.chat.details}
          onClick={onDetails}
        >
          <IconInfoCircle size={20} />
        </ActionIcon>
      </div>
      {open.phase === 'loading' ? (
        <div className="list_state" role="status">
          <Loader size="sm" />
          <Text size="sm">{texts.chat.loading}</Text>
        </div>
      ) : null}
      {open.phase === 'failed' ? (
        <div className="list_state" role="alert">
          <Text fw={600}>{texts.chat.failedTitle}</Text>
          <Text size="sm">{open.problem}</Text>
        </div>
      ) : null}
      {open.phase === 'ready' ? (
        <>
          <MessageLog open={open} />
          {active && isIn ? (
            <Composer chatId={open.id} />
          ) : (
            <div className="chat_foot">
              <Text size="sm">{active ? texts.chat.notIn : texts.chat.closed}</Text>
              <Button onClick={() => void attempt(active ? inbox.join : inbox.resume)}>
                {active ? texts.chat.join : texts.chat.resume}
              </Button>
            </div>
          )}
        </>
      ) : null}
    </>
  );
}
