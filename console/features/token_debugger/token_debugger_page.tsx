import { Alert, Button, Group, List, Textarea } from '@mantine/core';
import { IconInfoCircle, IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { inspectToken, revokeToken } from '../../api/token_debugger.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { FactsCard, NothingFound, RightsCard } from './token_facts.tsx';
import { TokenFamily } from './token_family.tsx';

type Revocable = 'code' | 'refresh' | 'access' | 'customer' | 'personal';

/** What a code or token is. The pasted text lives in this component's memory, and nowhere else. */
export function TokenDebuggerPage() {
  const words = useTexts().tokenDebugger;
  const confirm = useConfirm();
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  // Not a query: its cache would keep the text as a key.
  const inspect = useMutation({ mutationFn: inspectToken, gcTime: 0 });
  const revoke = useMutation({ mutationFn: revokeToken });

  const look = () => {
    const text = typed.trim();
    setMissing(text === '');
    revoke.reset();
    if (text === '') field.current?.focus();
    else inspect.mutate(text);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look();
  };
  const clear = () => {
    setTyped('');
    setMissing(false);
    inspect.reset();
    revoke.reset();
    field.current?.focus();
  };
  const askRevoke = async (id: string, kind: Revocable) => {
    const sure = await confirm({
      title: words.revokeTitle,
      text: words.revokeTexts[kind],
      confirm: words.revoke,
      danger: true,
    });
    if (!sure) return;
    revoke.mutate(id, {
      onSuccess: () => {
        toast.done(words.revoked);
        inspect.mutate(typed.trim());
      },
    });
  };

  const found = inspect.data;
  const token = found?.token;
  const nodeKind = token?.id?.split('_')[0] as Revocable | undefined;
  const single = token?.id && nodeKind && !token.family ? { id: token.id, kind: nodeKind } : null;
  return (
    <div className="page">
      <PageHeader title={words.title} description={words.description} />
      <SectionCard title={words.field}>
        <form onSubmit={submit} autoComplete="off">
          <Textarea
            ref={field}
            aria-label={words.field}
            description={words.fieldHint}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setMissing(false);
              if (inspect.data || inspect.error) inspect.reset();
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey) return;
              event.preventDefault();
              look();
            }}
            error={missing ? words.missing : undefined}
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          <Group mt="sm" gap="sm">
            <Button type="submit" leftSection={<IconSearch size={16} />} loading={inspect.isPending}>
              {words.inspect}
            </Button>
            <Button variant="default" onClick={clear} disabled={typed === ''}>
              {words.clear}
            </Button>
          </Group>
          <ErrorAlert error={inspect.error ?? revoke.error} mt="md" />
        </form>
      </SectionCard>
      <div aria-live="polite">
        {found && found.notes.length > 0 ? (
          <Alert color="blue" variant="light" icon={<IconInfoCircle />} title={words.notesTitle} mb="md">
            <List size="sm">
              {found.notes.map((note) => (
                <List.Item key={note}>{words.notes[note]}</List.Item>
              ))}
            </List>
          </Alert>
        ) : null}
        {found && !token ? <NothingFound inspected={found} /> : null}
        {found && token ? (
          <>
            <FactsCard
              kind={found.kind ?? ''}
              token={token}
              {...(single ? { onRevoke: () => void askRevoke(single.id, single.kind) } : {})}
            />
            {token.family && token.family.nodes.length > 0 ? (
              <SectionCard title={words.family} description={words.familyHint}>
                <TokenFamily
                  family={token.family}
                  revoking={revoke.isPending ? revoke.variables : null}
                  onRevoke={(node) => void askRevoke(node.id, node.kind)}
                />
              </SectionCard>
            ) : null}
            <RightsCard token={token} />
          </>
        ) : null}
      </div>
    </div>
  );
}
