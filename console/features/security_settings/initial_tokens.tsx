import { Alert, Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { dynamicRegistrationQuery } from '../../api/queries.ts';
import { createInitialAccessToken, revokeInitialAccessToken } from '../../api/registration.ts';
import type { InitialAccessToken } from '../../api/types.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { CopyField } from '../../design/copy_field.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { NameText } from '../../design/name_text.tsx';
import { clipName, nameInSentence } from '../../design/names.ts';
import { DateText } from '../../design/time_text.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';

/** The owner's tokens by which apps register: a new one in full this once, all of them by name. */
export function InitialTokens({ tokens }: { tokens: InitialAccessToken[] }) {
  const words = useTexts().securitySettings.initialTokens;
  const confirm = useConfirm();
  const queryClient = useQueryClient();
  const readAgain = () => queryClient.invalidateQueries({ queryKey: dynamicRegistrationQuery.queryKey });
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: createInitialAccessToken,
    onSuccess: () => {
      setName('');
      return readAgain();
    },
  });
  const revoke = useMutation({
    mutationFn: (token: InitialAccessToken) => revokeInitialAccessToken(token.id),
    onSuccess: (_, token) => {
      toast.done(words.revoked(clipName(token.name)));
      if (create.data?.token.id === token.id) create.reset();
    },
    onSettled: readAgain,
  });
  const ask = async (token: InitialAccessToken) => {
    const sure = await confirm({
      title: words.revokeTitle(nameInSentence(token.name)),
      text: words.revokeText,
      confirm: words.revoke,
      danger: true,
    });
    if (sure) revoke.mutate(token);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(name);
  };
  const refusal =
    create.error instanceof ApiError
      ? create.error.fields.find(({ field }) => field === 'name')?.message
      : undefined;

  return (
    <Stack gap="sm">
      <div>
        <Title order={3} size="h5">
          {words.title}
        </Title>
        <Text size="sm" c="dimmed">
          {words.description}
        </Text>
      </div>
      {create.data ? (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} title={words.onceTitle}>
          <CopyField label={words.token} value={create.data.secret} />
        </Alert>
      ) : null}
      {tokens.length > 0 ? (
        <ul className="row_list" aria-label={words.title}>
          {tokens.map((token) => (
            <li key={token.id}>
              <Group justify="space-between" gap="xs">
                <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
                  <Group gap="xs" wrap="nowrap">
                    <NameText size="sm" fw={600}>
                      {token.name}
                    </NameText>
                    {token.expired ? (
                      <Badge color="red" variant="light" style={{ flexShrink: 0 }}>
                        {words.expired}
                      </Badge>
                    ) : null}
                  </Group>
                  <Text size="xs" c="dimmed">
                    {words.uses(token.uses)} · {words.expires} <DateText value={token.expires_at} />
                  </Text>
                </div>
                <Button
                  variant="subtle"
                  color="red"
                  size="xs"
                  aria-label={words.revokeNamed(clipName(token.name))}
                  loading={revoke.isPending && revoke.variables.id === token.id}
                  onClick={() => void ask(token)}
                >
                  {words.revoke}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
      ) : null}
      <form onSubmit={submit} noValidate>
        <Group align="flex-start" gap="sm">
          <TextInput
            flex="1 1 14rem"
            label={words.name}
            description={words.nameHint}
            value={name}
            maxLength={100}
            error={refusal}
            onChange={(event) => {
              if (create.error) create.reset();
              setName(event.currentTarget.value);
            }}
          />
          <Button
            type="submit"
            variant="default"
            mt={{ base: 0, xs: '2.8rem' }}
            leftSection={<IconKey size={16} />}
            loading={create.isPending}
          >
            {words.create}
          </Button>
        </Group>
      </form>
      <ErrorAlert error={(refusal ? null : create.error) ?? revoke.error} />
    </Stack>
  );
}
