import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from './copy_button.tsx';

interface CopyFieldProps {
  label: string;
  value: string;
  description?: ReactNode;
  onCopied?: (() => void) | undefined;
}

/** A value to read and copy, never to edit. */
export function CopyField({ label, value, description, onCopied }: CopyFieldProps) {
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      spellCheck={false}
      onCopy={onCopied}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={<CopyButton value={value} what={label} onCopied={onCopied} />}
      rightSectionWidth={42}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}
