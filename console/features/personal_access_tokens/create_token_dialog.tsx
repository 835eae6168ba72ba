import { Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createPersonalAccessToken } from '../../api/personal_access_tokens.ts';
import { personalAccessTokensQuery } from '../../api/queries.ts';
import type { CreatedPersonalAccessToken } from '../../api/types.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { useTexts } from '../../texts/texts.ts';
import { NewToken } from './new_token.tsx';
import { TokenForm } from './token_form.tsx';

interface CreateTokenDialogProps {
  opened: boolean;
  onClose: () => void;
  grantable: readonly string[];
}

/** Name, scopes, life; then the token, shown this once. */
export function CreateTokenDialog({ opened, onClose, grantable }: CreateTokenDialogProps) {
  const texts = useTexts();
  const confirm = useConfirm();
  const queryClient = useQueryClient();
  const [copied, setCopied] = useState(false);
  const [created, setCreated] = useState<CreatedPersonalAccessToken | null>(null);
  const create = useMutation({
    mutationFn: createPersonalAccessToken,
    onSuccess: (answer) => {
      setCreated(answer);
      void queryClient.invalidateQueries({ queryKey: personalAccessTokensQuery.queryKey });
    },
  });

  const close = async () => {
    if (create.isPending) return;
    if (created && !copied && !(await confirm({ ...texts.createToken.closeUncopied, danger: true }))) return;
    onClose();
    create.reset();
    setCreated(null);
    setCopied(false);
  };

  return (
    <Modal
      opened={opened}
      onClose={() => void close()}
      closeOnClickOutside={!created}
      size="lg"
      title={created ? texts.createToken.createdTitle : texts.createToken.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {created ? (
        <NewToken created={created} onCopied={() => setCopied(true)} onDone={() => void close()} />
      ) : (
        <TokenForm
          grantable={grantable}
          pending={create.isPending}
          error={create.error}
          onSubmit={create.mutate}
          onChange={() => {
            if (create.error) create.reset();
          }}
          onCancel={() => void close()}
        />
      )}
    </Modal>
  );
}
