import { Button, Group, Modal, Text } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useTexts } from '../texts/texts.ts';

export interface Question {
  title: string;
  /** Names the consequence. */
  text: ReactNode;
  confirm: string;
  cancel?: string;
  danger?: boolean;
}

type Ask = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(() => Promise.resolve(false));

/** Asks a yes-or-no question in a dialog; true when confirmed. */
export const useConfirm = (): Ask => useContext(ConfirmContext);

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const texts = useTexts();
  const [question, setQuestion] = useState<Question | null>(null);
  const [opened, setOpened] = useState(false);
  const settle = useRef<((answer: boolean) => void) | null>(null);

  const answer = useCallback((value: boolean) => {
    settle.current?.(value);
    settle.current = null;
    setOpened(false);
  }, []);

  const ask = useCallback<Ask>((next) => {
    settle.current?.(false);
    setQuestion(next);
    setOpened(true);
    return new Promise((resolve) => {
      settle.current = resolve;
    });
  }, []);

  return (
    <ConfirmContext value={useMemo(() => ask, [ask])}>
      {children}
      <Modal
        opened={opened}
        onClose={() => answer(false)}
        title={question?.title}
        closeButtonProps={{ 'aria-label': texts.close }}
        zIndex={400}
      >
        <Text component="div" size="sm" className="name">
          {question?.text}
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => answer(false)} data-autofocus>
            {question?.cancel ?? texts.cancel}
          </Button>
          <Button {...(question?.danger ? { color: 'red' } : {})} onClick={() => answer(true)}>
            {question?.confirm}
          </Button>
        </Group>
      </Modal>
    </ConfirmContext>
  );
}
