import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { openChat } from '../app/address.ts';
import { useInbox, wordsOf } from '../app/use_inbox.ts';
import { texts } from '../texts/en.ts';

export function StartChatDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const inbox = useInbox();
  const [customerId, setCustomerId] = useState('');
  const [message, setMessage] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  async function start(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      const chatId = await inbox.startChat(customerId.trim() || undefined, message.trim());
      setProblem('');
      setCustomerId('');
      setMessage('');
      onClose();
      openChat(inbox, chatId);
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setBusy(false);
  }

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.start.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form onSubmit={(event) => void start(event)}>
        <Stack gap="md">
          {problem ? (
            <Alert color="red" role="alert" variant="light">
              {problem}
            </Alert>
          ) : null}
          <TextInput
            label={texts.start.customer}
            description={texts.start.customerHelp}
            value={customerId}
            onChange={(event) => setCustomerId(event.currentTarget.value)}
            data-autofocus
          />
          <Textarea
            label={texts.start.message}
            value={message}
            rows={3}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {texts.start.go}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
