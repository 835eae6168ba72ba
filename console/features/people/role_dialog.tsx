import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { changeRoles } from '../../api/people.ts';
import type { AccountsRole, ChatRole, Person } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { clipName, nameInSentence } from '../../design/names.ts';
import { useTexts } from '../../texts/texts.ts';
import { RoleChoice, type Roles } from './role_choice.tsx';
import { usePersonChange } from './use_person_change.ts';

interface RoleDialogProps {
  person: Person;
  onClose: () => void;
  grantable: readonly AccountsRole[];
  grantableChat: readonly ChatRole[];
}

/** Changes both roles of a person; open while it is there. */
export function RoleDialog({ person, onClose, grantable, grantableChat }: RoleDialogProps) {
  const texts = useTexts();
  const { account } = useSession();
  const [roles, setRoles] = useState<Roles>({ role: person.role, chatRole: person.chat_role });
  const change = usePersonChange(
    person,
    (chosen: Roles) => changeRoles(person, { role: chosen.role, chat_role: chosen.chatRole }),
    texts.people.roleDialog.done(clipName(person.name)),
  );
  const same = roles.role === person.role && roles.chatRole === person.chat_role;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (same) onClose();
    else change.mutate(roles, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.people.roleDialog.title(nameInSentence(person.name))}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <RoleChoice
            roles={roles}
            onChange={setRoles}
            grantable={grantable}
            // What somebody has may stay, also where it could not be given.
            grantableChat={
              grantableChat.includes(person.chat_role) ? grantableChat : [person.chat_role, ...grantableChat]
            }
          />
          <Text size="sm" c="dimmed">
            {texts.people.roleDialog.consequence(person)}
          </Text>
          {person.account_id === account.id && !same ? (
            <Alert color="yellow" variant="light">
              {texts.people.roleDialog.ownSelf}
            </Alert>
          ) : null}
          <ErrorAlert error={change.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {texts.people.roleDialog.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
