import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CreatedPersonalAccessToken } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { CodeBlock } from '../../design/code_block.tsx';
import { CopyField } from '../../design/copy_field.tsx';
import { useTexts } from '../../texts/texts.ts';
import { listChatsCommand } from '../snippets/commands.ts';

interface NewTokenProps {
  created: CreatedPersonalAccessToken;
  onCopied: () => void;
  onDone: () => void;
}

/** The token in every form a person may need it in, this once. */
export function NewToken({ created, onCopied, onDone }: NewTokenProps) {
  const texts = useTexts();
  const { urls } = useSession();
  return (
    <Stack gap="md">
      <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} role="status">
        {texts.createToken.once}
      </Alert>
      <CopyField label={texts.createToken.token} value={created.secret} onCopied={onCopied} />
      <CopyField
        label={texts.createToken.accountId}
        description={texts.createToken.accountIdHint}
        value={created.account_id}
      />
      <CopyField
        label={texts.createToken.base64}
        description={texts.createToken.base64Hint}
        value={created.base64}
        onCopied={onCopied}
      />
      <CodeBlock
        label={texts.createToken.curl}
        code={listChatsCommand(urls.api, `Basic ${created.base64}`)}
        onCopied={onCopied}
      />
      <Group justify="flex-end">
        <Button onClick={onDone}>{texts.createToken.done}</Button>
      </Group>
    </Stack>
  );
}
