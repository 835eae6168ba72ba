import { Alert, Button, Loader, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { NameText } from '../../console/design/name_text.tsx';
import { useInbox, useInboxState, wordsOf } from '../app/use_inbox.ts';
import type { TransferTarget } from '../state/inbox.ts';
import type { OpenChat } from '../state/inbox_state.ts';
import { texts } from '../texts/en.ts';

/** To another agent, or to another group. */
export function TransferDialog({ open, onClose }: { open: OpenChat; onClose(): void }) {
  const inbox = useInbox();
  const { me } = useInboxState();
  const [targets, setTargets] = useState<TransferTarget | undefined>(undefined);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState('');
  useEffect(() => {
    let gone = false;
    inbox.transferTargets().then(
      (found) => gone || setTargets(found),
      (error: unknown) => {
        if (!gone) setProblem(wordsOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [inbox]);

  async function transfer(type: 'agent' | 'group', id: string | number): Promise<void> {
    setBusy(`${type} ${id}`);
    try {
      await inbox.transfer({ type, ids: [id] });
      onClose();
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy('');
    }
  }

  const groups = (me?.groups ?? []).filter(({ id }) => !open.groupIds.includes(id));
  const agents = (targets?.agents ?? []).filter(({ agent_id: id }) => id !== me?.agentId);
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.transfer.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <Stack gap="sm">
        <Text size="sm">{texts.transfer.text}</Text>
        {problem ? (
          <Alert color="red" role="alert" variant="light">
            {problem}
          </Alert>
        ) : null}
        <Text component="h3" size="sm" fw={650}>
          {texts.transfer.agents}
        </Text>
        {targets || problem ? null : (
          <Text size="sm" role="status">
            <Loader size="xs" /> {texts.transfer.loading}
          </Text>
        )}
        {targets && agents.length === 0 ? <Text size="sm">{texts.transfer.nobody}</Text> : null}
        {agents.map(({ agent_id: id, total_active_chats: chats }) => (
          <Target
            key={id}
            name={id}
            about={texts.transfer.chats(chats)}
            busy={busy === `agent ${id}`}
            onChoose={() => void transfer('agent', id)}
          />
        ))}
        {groups.length > 0 ? (
          <Text component="h3" size="sm" fw={650}>
            {texts.transfer.groups}
          </Text>
        ) : null}
        {groups.map(({ id, name }) => (
          <Target
            key={id}
            name={name}
            about=""
            busy={busy === `group ${id}`}
            onChoose={() => void transfer('group', id)}
          />
        ))}
      </Stack>
    </Modal>
  );
}

function Target(props: { name: string; about: string; busy: boolean; onChoose(): void }) {
  return (
    <div className="target">
      <div className="target_words">
        <NameText size="sm">{props.name}</NameText>
        {props.about ? (
          <Text size="xs" c="dimmed">
            {props.about}
          </Text>
        ) : null}
      </div>
      <Button
        size="xs"
        variant="default"
        loading={props.busy}
        aria-label={texts.transfer.to(props.name)}
        onClick={props.onChoose}
      >
        {texts.chat.transfer}
      </Button>
    </div>
  );
}
