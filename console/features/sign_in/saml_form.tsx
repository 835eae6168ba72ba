import { Button, Group, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import {
  createSaml,
  type SamlConfiguration,
  type SamlInput,
  type SignInRules,
  updateSaml,
} from '../../api/sign_in.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { DateText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useSignInChange } from './use_sign_in_change.ts';

const EMPTY: SamlInput = { entrypoint: '', certificate: '', idp_entity_id: '', provisioning: 'off' };

interface SamlFormProps {
  saml: SamlConfiguration | null;
  certificates: SignInRules['certificates'];
  owns: boolean;
}

/** What the identity provider says of itself. */
export function SamlForm({ saml, certificates, owns }: SamlFormProps) {
  const texts = useTexts().signIn;
  const words = texts.saml;
  const [form, setForm] = useState<SamlInput>(saml ?? EMPTY);
  const save = useSignInChange(
    ({ entrypoint, certificate, idp_entity_id, provisioning }: SamlInput) => {
      const input = { entrypoint, certificate, idp_entity_id, provisioning };
      return saml ? updateSaml(input) : createSaml(input);
    },
    () => (saml ? words.saved : words.created),
  );
  const problems = save.error instanceof ApiError ? save.error.fields : [];
  const problemOf = (name: string) => problems.find(({ field }) => field === name)?.message;
  const set = (change: Partial<SamlInput>) => setForm((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(form);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Title order={3} size="h5">
          {words.formTitle}
        </Title>
        <TextInput
          label={words.entrypoint}
          description={words.entrypointHint}
          value={form.entrypoint}
          onChange={(event) => set({ entrypoint: event.currentTarget.value })}
          error={problemOf('entrypoint')}
          readOnly={!owns}
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
        />
        <TextInput
          label={words.idpEntityId}
          description={words.idpEntityIdHint}
          value={form.idp_entity_id}
          onChange={(event) => set({ idp_entity_id: event.currentTarget.value })}
          error={problemOf('idp_entity_id')}
          readOnly={!owns}
          autoComplete="off"
          spellCheck={false}
        />
        <Textarea
          label={words.certificate}
          description={words.certificateHint}
          value={form.certificate}
          onChange={(event) => set({ certificate: event.currentTarget.value })}
          error={problemOf('certificate')}
          readOnly={!owns}
          autoComplete="off"
          spellCheck={false}
          rows={6}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        {certificates.map(({ fingerprint, expires_at: until }) => (
          <Text key={fingerprint} size="xs" c="dimmed" className="name">
            {words.certificateFacts} <code style={{ overflowWrap: 'anywhere' }}>{fingerprint}</code>,{' '}
            {words.certificateUntil} <DateText value={until} />
          </Text>
        ))}
        <Switch
          label={words.provisioning}
          description={words.provisioningHint}
          checked={form.provisioning === 'members'}
          disabled={!owns}
          onChange={(event) => set({ provisioning: event.currentTarget.checked ? 'members' : 'off' })}
        />
        {problems.length === 0 ? <ErrorAlert error={save.error} /> : null}
        {owns ? (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {saml ? words.save : words.create}
            </Button>
          </Group>
        ) : (
          <Text size="sm">{texts.ownerOnly}</Text>
        )}
      </Stack>
    </form>
  );
}
