import { Button, Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type NewWebhook, registerWebhook, webhookNamesQuery } from '../../api/webhooks.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';

const EMPTY: NewWebhook = {
  action: 'incoming_chat',
  url: '',
  secret_key: '',
  description: '',
  type: 'license',
};

export function NewWebhookForm({ clientId }: { clientId: string }) {
  const words = useTexts().chatWebhooks;
  const client = useQueryClient();
  const names = useQuery(webhookNamesQuery);
  const [draft, setDraft] = useState(EMPTY);
  const change = (patch: Partial<NewWebhook>) => setDraft((before) => ({ ...before, ...patch }));
  const add = useMutation({
    mutationFn: (webhook: NewWebhook) => registerWebhook(clientId, webhook),
    onSuccess: () => {
      setDraft(EMPTY);
      toast.done(words.added);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { description, ...rest } = draft;
    add.mutate({ ...rest, ...(description ? { description } : {}) });
  };
  return (
    <SectionCard title={words.addTitle}>
      <form onSubmit={submit}>
        <Stack gap="sm" maw="36rem">
          <NativeSelect
            label={words.action}
            data={(names.data ?? [{ action: EMPTY.action }]).map(({ action }) => action)}
            value={draft.action}
            onChange={(event) => change({ action: event.currentTarget.value })}
          />
          <TextInput
            label={words.url}
            description={words.urlHint}
            type="url"
            required
            maxLength={500}
            value={draft.url}
            onChange={(event) => change({ url: event.currentTarget.value })}
          />
          <PasswordInput
            label={words.secret}
            description={words.secretHint}
            required
            maxLength={255}
            autoComplete="off"
            value={draft.secret_key}
            onChange={(event) => change({ secret_key: event.currentTarget.value })}
          />
          <TextInput
            label={words.about}
            maxLength={1024}
            value={draft.description ?? ''}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <NativeSelect
            label={words.type}
            data={(['license', 'bot'] as const).map((value) => ({ value, label: words.types[value] }))}
            value={draft.type}
            onChange={(event) => change({ type: event.currentTarget.value as NewWebhook['type'] })}
          />
          <ErrorAlert error={add.error} />
          <Group>
            <Button type="submit" loading={add.isPending}>
              {words.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </SectionCard>
  );
}
