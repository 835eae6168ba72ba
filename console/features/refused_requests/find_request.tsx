import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { findRefusedRequest } from '../../api/refused_requests.ts';
import { errorSentence } from '../../design/error_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import type { ShownRefusal } from './refusal_drawer.tsx';

/** Finds a refused request of any app by the id that an error page or an answer told. */
export function FindRequest({ onFound }: { onFound: (shown: ShownRefusal) => void }) {
  const texts = useTexts();
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const find = useMutation({
    mutationFn: findRefusedRequest,
    onSuccess: ({ app_id, app_name, refused_request }) =>
      onFound({ appId: app_id, appName: app_name, refusal: refused_request }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const id = typed.trim();
    setMissing(id === '');
    if (id !== '') find.mutate(id);
  };
  const problem = missing
    ? texts.refusals.findMissing
    : find.error
      ? errorSentence(find.error, texts)
      : undefined;

  return (
    <form onSubmit={submit} style={{ display: 'flex', gap: '0.75rem', flexWrap: 'wrap' }}>
      <TextInput
        label={texts.refusals.find}
        description={texts.refusals.findHint}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setMissing(false);
          if (find.error) find.reset();
        }}
        error={problem}
        spellCheck={false}
        autoComplete="off"
        flex="1 1 16rem"
        maw="32rem"
        inputContainer={(input) => (
          <div style={{ display: 'flex', gap: '0.5rem', alignItems: 'flex-end' }}>
            <div style={{ flex: 1 }}>{input}</div>
            <Button
              type="submit"
              variant="default"
              leftSection={<IconSearch size={16} />}
              loading={find.isPending}
            >
              {texts.refusals.findAction}
            </Button>
          </div>
        )}
      />
    </form>
  );
}
