import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import { ErrorAlert } from './error_text.tsx';

interface ConfirmByTypingProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Names the consequence. */
  children: ReactNode;
  label: ReactNode;
  /** What must be typed. */
  expected: string;
  confirm: string;
  onConfirm: (typed: string) => void;
  pending: boolean;
  error: unknown;
}

/** A dialog for what cannot be undone: the person types a name to show that it is meant. */
export function ConfirmByTyping(props: ConfirmByTypingProps) {
  const texts = useTexts();
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState(false);

  const close = () => {
    setTyped('');
    setMismatch(false);
    props.onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === props.expected.trim()) props.onConfirm(typed.trim());
    else setMismatch(true);
  };

  return (
    <Modal
      opened={props.opened}
      onClose={close}
      title={props.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text component="div" size="sm" className="name">
            {props.children}
          </Text>
          <TextInput
            label={props.label}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setMismatch(false);
            }}
            error={mismatch ? texts.confirmTyping.mismatch : null}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            data-autofocus
          />
          <ErrorAlert error={props.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {texts.cancel}
            </Button>
            <Button type="submit" color="red" loading={props.pending}>
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
