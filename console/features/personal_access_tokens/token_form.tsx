import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconListCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { scopesQuery } from '../../api/queries.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { focusFirstInvalid } from '../../design/focus_first_invalid.ts';
import { DateText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { ScopePicker } from '../scopes/scope_picker.tsx';

const DEFAULT_DAYS = '365';
const MOST_DAYS = 3650;
const DAY_MS = 24 * 60 * 60_000;

interface TokenFormProps {
  grantable: readonly string[];
  pending: boolean;
  error: unknown;
  onSubmit: (input: { name: string; scopes: string[]; expires_in_days: number }) => void;
  onChange: () => void;
  onCancel: () => void;
}

export function TokenForm({ grantable, pending, error, onSubmit, onChange, onCancel }: TokenFormProps) {
  const texts = useTexts();
  const catalogue = useQuery(scopesQuery);
  const [picking, picker] = useDisclosure(false);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [typedDays, setTypedDays] = useState(DEFAULT_DAYS);
  const [tried, setTried] = useState(false);

  const days = /^\d{1,4}$/.test(typedDays.trim()) ? Number(typedDays) : 0;
  const daysFit = days >= 1 && days <= MOST_DAYS;
  const refused = (field: string) =>
    error instanceof ApiError
      ? error.fields.find((problem) => problem.field === field || problem.field.startsWith(`${field}[`))
          ?.message
      : undefined;
  const besideField = ['name', 'scopes', 'expires_in_days'].some((field) => refused(field) !== undefined);
  const scopesProblem = tried && scopes.length === 0 ? texts.createToken.scopesMissing : refused('scopes');

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() && scopes.length > 0 && daysFit)
      onSubmit({ name: name.trim(), scopes, expires_in_days: days });
    else focusFirstInvalid(event.currentTarget);
  };

  return (
    <>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={texts.createToken.name}
            description={texts.createToken.nameHint}
            required
            autoComplete="off"
            dir="auto"
            data-autofocus
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              onChange();
            }}
            error={tried && !name.trim() ? texts.createToken.nameMissing : refused('name')}
          />
          <Stack gap={4} role="group" aria-labelledby="token_scopes">
            <Text size="sm" fw={500} id="token_scopes">
              {texts.scopes.title}
            </Text>
            <Text size="xs" c="dimmed">
              {texts.createToken.scopesHint}
            </Text>
            <Text size="sm" className="name" {...(scopes.length === 0 ? { c: 'dimmed' } : {})}>
              {scopes.length === 0
                ? texts.createToken.noScopes
                : scopes.map((scope, at) => (
                    <span key={scope}>
                      {at > 0 ? ', ' : ''}
                      <code>{scope}</code>
                    </span>
                  ))}
            </Text>
            <div>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconListCheck size={16} />}
                onClick={picker.open}
                loading={catalogue.isPending}
              >
                {texts.scopes.select}
              </Button>
            </div>
            {scopesProblem ? (
              <Text size="xs" c="var(--mantine-color-error)" role="alert">
                {scopesProblem}
              </Text>
            ) : null}
            <ErrorAlert error={catalogue.error} title={texts.scopes.loadFailed} />
          </Stack>
          <TextInput
            label={texts.createToken.days}
            description={
              daysFit ? (
                <>
                  {texts.createToken.until}{' '}
                  <DateText value={new Date(Date.now() + days * DAY_MS).toISOString()} />
                </>
              ) : (
                texts.createToken.daysHint
              )
            }
            inputMode="numeric"
            autoComplete="off"
            maw="16rem"
            value={typedDays}
            onChange={(event) => {
              setTypedDays(event.currentTarget.value);
              onChange();
            }}
            error={tried && !daysFit ? texts.createToken.daysWrong(MOST_DAYS) : refused('expires_in_days')}
          />
          {besideField ? null : <ErrorAlert error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={pending}>
              {texts.createToken.submit}
            </Button>
          </Group>
        </Stack>
      </form>
      <ScopePicker
        opened={picking}
        onClose={picker.close}
        scopes={(catalogue.data ?? []).filter((scope) => grantable.includes(scope.id))}
        chosen={scopes}
        onChoose={(chosen) => {
          setScopes(chosen);
          onChange();
        }}
      />
    </>
  );
}
