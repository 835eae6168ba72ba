import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { addDomain, domainsQuery } from '../../api/sign_in.ts';
import { useSession } from '../../api/use_session.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { DomainRow } from './domain_row.tsx';
import { useSignInChange } from './use_sign_in_change.ts';

/** The domains of the organization, each with the record that proves it. */
export function DomainsCard() {
  const texts = useTexts().signIn;
  const words = texts.domains;
  const domains = useQuery(domainsQuery);
  const { role } = useSession();
  return (
    <SectionCard id="domains" title={words.title} description={words.description}>
      {domains.isPending ? (
        <RowsSkeleton rows={2} />
      ) : !domains.data ? (
        <ErrorAlert error={domains.error} title={words.failed} />
      ) : (
        <Stack gap="md">
          {domains.data.length === 0 ? (
            <Text size="sm">{words.none}</Text>
          ) : (
            <ul className="row_list" aria-label={words.title}>
              {domains.data.map((domain) => (
                <DomainRow key={domain.domain_id} domain={domain} owns={role === 'owner'} />
              ))}
            </ul>
          )}
          {role === 'owner' ? <AddDomain /> : <Text size="sm">{texts.ownerOnly}</Text>}
        </Stack>
      )}
    </SectionCard>
  );
}

function AddDomain() {
  const words = useTexts().signIn.domains;
  const [domain, setDomain] = useState('');
  const add = useSignInChange(addDomain, (added) => {
    setDomain('');
    return words.added(added.domain);
  });
  const refusal =
    add.error instanceof ApiError
      ? add.error.fields.find(({ field }) => field === 'domain')?.message
      : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(domain);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            label={words.label}
            description={words.hint}
            value={domain}
            onChange={(event) => setDomain(event.currentTarget.value)}
            error={refusal}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            style={{ flex: '1 1 16rem' }}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            {words.add}
          </Button>
        </Group>
        {refusal === undefined ? <ErrorAlert error={add.error} /> : null}
      </Stack>
    </form>
  );
}
