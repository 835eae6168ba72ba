import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { createInvitations } from '../../api/people.ts';
import { invitationsQuery } from '../../api/queries.ts';
import type { AccountsRole, ChatRole } from '../../api/types.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { focusFirstInvalid } from '../../design/focus_first_invalid.ts';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { RoleChoice, type Roles } from './role_choice.tsx';

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
  grantable: readonly AccountsRole[];
  grantableChat: readonly ChatRole[];
}

const NEWCOMER: Roles = { role: 'member', chatRole: 'normal' };

/** Several addresses at once, all with the same roles; all are invited, or none. */
export function InviteDialog({ opened, onClose, grantable, grantableChat }: InviteDialogProps) {
  const texts = useTexts();
  const words = texts.people.invite;
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const [roles, setRoles] = useState(NEWCOMER);
  const [missing, setMissing] = useState(false);
  const invite = useMutation({
    mutationFn: createInvitations,
    onSuccess: async ({ invitations }) => {
      toast.done(words.done(invitations.length));
      onClose();
      setTyped('');
      setRoles(NEWCOMER);
      await queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey });
    },
  });
  const close = () => {
    if (invite.isPending) return;
    invite.reset();
    setMissing(false);
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const emails = typed.split(/[\s,;]+/).filter((email) => email !== '');
    setMissing(emails.length === 0);
    if (emails.length === 0) focusFirstInvalid(event.currentTarget);
    else invite.mutate({ emails, role: roles.role, chat_role: roles.chatRole });
  };
  const refused =
    invite.error instanceof ApiError
      ? invite.error.fields.filter(({ field }) => field.startsWith('emails')).map(({ message }) => message)
      : [];
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={words.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Textarea
            label={words.emails}
            description={words.emailsHint}
            required
            rows={3}
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            data-autofocus
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setMissing(false);
              if (invite.error) invite.reset();
            }}
            error={missing ? words.emailsMissing : refused.length > 0 ? refused.join(' ') : undefined}
          />
          <RoleChoice roles={roles} onChange={setRoles} grantable={grantable} grantableChat={grantableChat} />
          {refused.length > 0 ? null : <ErrorAlert error={invite.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
