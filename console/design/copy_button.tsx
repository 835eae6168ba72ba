import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import { copyText } from './clipboard.ts';

interface CopyButtonProps {
  value: string;
  /** What is copied, for the button's name: "Client Id". */
  what: string;
  /** A button with words instead of an icon alone. */
  withWords?: boolean;
  onCopied?: (() => void) | undefined;
}

const SHOWN_MS = 2_000;

/** Copies a value and says so, to eyes and to screen readers. */
export function CopyButton({ value, what, withWords = false, onCopied }: CopyButtonProps) {
  const texts = useTexts();
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');

  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = async () => {
    const copied = await copyText(value);
    setState(copied ? 'copied' : 'refused');
    if (copied) onCopied?.();
  };

  const said = state === 'idle' ? '' : state === 'copied' ? texts.copy.copied : texts.copy.refused;
  const icon = state === 'copied' ? <IconCheck size={16} /> : <IconCopy size={16} />;
  return (
    <>
      {withWords ? (
        <Button variant="default" leftSection={icon} onClick={copy}>
          {said || texts.copy.action(what)}
        </Button>
      ) : (
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={texts.copy.action(what)}
          title={said || texts.copy.action(what)}
          onClick={copy}
        >
          {icon}
        </ActionIcon>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
