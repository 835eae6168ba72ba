import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AuditFilters } from '../../api/audit_log.ts';
import { appsQuery } from '../../api/queries.ts';
import { clipName } from '../../design/names.ts';
import { useTexts } from '../../texts/texts.ts';

interface AuditFiltersFormProps {
  filters: AuditFilters;
  onChange: (filters: AuditFilters) => void;
}

/** What of the log is wanted. */
export function AuditFiltersForm({ filters, onChange }: AuditFiltersFormProps) {
  const texts = useTexts();
  const words = texts.auditLog;
  const [draft, setDraft] = useState(filters);
  const apps = useInfiniteQuery(appsQuery(''));
  const named = (apps.data?.pages ?? [])
    .flatMap((page) => page.apps)
    .map(({ id, name }) => ({ value: id, label: clipName(name) }));
  const chosen = draft.app_id;
  // An app that is not among the newest, or was deleted, is still a filter.
  if (chosen && !named.some(({ value }) => value === chosen)) named.push({ value: chosen, label: chosen });

  const change = (patch: AuditFilters) => setDraft((before) => ({ ...before, ...patch }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(draft);
  };

  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label={words.action}
          data={[
            { value: '', label: words.anyAction },
            ...Object.entries(words.actions).map(([value, label]) => ({ value, label })),
          ]}
          value={draft.action ?? ''}
          onChange={(event) => change({ action: event.currentTarget.value })}
          flex="1 1 12rem"
        />
        <TextInput
          label={words.actor}
          value={draft.actor ?? ''}
          onChange={(event) => change({ actor: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
          flex="1 1 12rem"
        />
        <NativeSelect
          label={words.app}
          data={[{ value: '', label: words.anyApp }, ...named]}
          value={chosen ?? ''}
          onChange={(event) => change({ app_id: event.currentTarget.value })}
          flex="1 1 10rem"
        />
        <TextInput
          type="date"
          label={words.from}
          value={draft.from ?? ''}
          onChange={(event) => change({ from: event.currentTarget.value })}
          flex="1 1 9rem"
        />
        <TextInput
          type="date"
          label={words.to}
          value={draft.to ?? ''}
          onChange={(event) => change({ to: event.currentTarget.value })}
          flex="1 1 9rem"
        />
        <Button type="submit">{words.apply}</Button>
        <Button
          variant="default"
          onClick={() => {
            setDraft({});
            onChange({});
          }}
        >
          {words.clear}
        </Button>
      </Group>
    </form>
  );
}
