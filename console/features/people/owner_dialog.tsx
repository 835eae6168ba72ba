import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { transferOwnership } from '../../api/people.ts';
import { sessionQuery } from '../../api/queries.ts';
import type { Person } from '../../api/types.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { focusFirstInvalid } from '../../design/focus_first_invalid.ts';
import { clipName, nameInSentence } from '../../design/names.ts';
import { useTexts } from '../../texts/texts.ts';
import { usePersonChange } from './use_person_change.ts';

/** Hands the ownership over, with the password; open while it is there. */
export function OwnerDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const texts = useTexts();
  const words = texts.people.ownerDialog;
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const transfer = usePersonChange(
    person,
    (typed: string) => transferOwnership(person, typed),
    words.done(clipName(person.name)),
  );
  const refused = transfer.error instanceof ApiError ? transfer.error.forField('password') : undefined;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setMissing(password === '');
    if (password === '') focusFirstInvalid(event.currentTarget);
    else
      transfer.mutate(password, {
        onSuccess: () => {
          void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
          onClose();
        },
      });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.title(nameInSentence(person.name))}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm" className="name">
            {words.text(nameInSentence(person.name))}
          </Text>
          <TextInput
            type="password"
            label={words.password}
            description={words.passwordHint}
            autoComplete="current-password"
            required
            data-autofocus
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              setMissing(false);
              if (transfer.error) transfer.reset();
            }}
            error={missing ? words.passwordMissing : refused}
          />
          {refused ? null : <ErrorAlert error={transfer.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" color="red" loading={transfer.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
