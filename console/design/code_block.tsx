import { Text } from '@mantine/core';
import { useId } from 'react';
import { CopyButton } from './copy_button.tsx';

/** A command or a payload to copy. */
export function CodeBlock({ label, code, onCopied }: { label: string; code: string; onCopied?: () => void }) {
  const labelId = useId();
  return (
    <figure className="code_block" style={{ margin: 0 }} aria-labelledby={labelId}>
      <figcaption className="code_block_head">
        <Text component="span" id={labelId} size="sm" fw={600}>
          {label}
        </Text>
        <CopyButton value={code} what={label} onCopied={onCopied} />
      </figcaption>
      <pre dir="ltr">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
