import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createGreeting, type NewGreeting } from '../../api/greetings.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';

const EMPTY: NewGreeting = { name: '', text: '', url: '' };

export function NewGreetingForm() {
  const words = useTexts().greetings;
  const client = useQueryClient();
  const [draft, setDraft] = useState(EMPTY);
  const change = (patch: Partial<NewGreeting>) => setDraft((before) => ({ ...before, ...patch }));
  const add = useMutation({
    mutationFn: createGreeting,
    onSuccess: () => {
      setDraft(EMPTY);
      toast.done(words.added);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['greetings'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ ...draft, url: draft.url.trim() });
  };
  return (
    <SectionCard title={words.addTitle}>
      <form onSubmit={submit}>
        <Stack gap="sm" maw="36rem">
          <TextInput
            label={words.name}
            required
            maxLength={255}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label={words.message}
            required
            autosize
            minRows={2}
            maxLength={16_384}
            value={draft.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
          />
          <TextInput
            label={words.url}
            description={words.urlHint}
            maxLength={2048}
            value={draft.url}
            onChange={(event) => change({ url: event.currentTarget.value })}
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
