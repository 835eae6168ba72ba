import { Button, Group, Switch, Text } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteGreeting, type Greeting, greetingsQuery, switchGreeting } from '../../api/greetings.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { MoreButton } from '../../design/more_button.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { NewGreetingForm } from './new_greeting_form.tsx';

/** Invitations to chat. */
export function GreetingsPage() {
  const words = useTexts().greetings;
  const list = useInfiniteQuery(greetingsQuery);
  const greetings = list.data?.pages.flatMap((page) => page.greetings) ?? [];
  return (
    <div className="page">
      <PageHeader title={words.title} description={words.description} />
      <SectionCard title={words.listTitle}>
        {list.isPending ? (
          <RowsSkeleton />
        ) : list.error && greetings.length === 0 ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : greetings.length === 0 ? (
          <EmptyState
            icon={<IconMessageCircle size={30} />}
            title={words.emptyTitle}
            text={words.emptyText}
          />
        ) : (
          <ul className="row_list">
            {greetings.map((greeting) => (
              <GreetingRow key={greeting.id} greeting={greeting} />
            ))}
          </ul>
        )}
        <MoreButton list={list} label={words.more} mt="md" />
      </SectionCard>
      <NewGreetingForm />
    </div>
  );
}

function GreetingRow({ greeting }: { greeting: Greeting }) {
  const words = useTexts().greetings;
  const confirm = useConfirm();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ['greetings'] });
  const change = useMutation({ mutationFn: (on: boolean) => switchGreeting(greeting.id, on), onSettled });
  const remove = useMutation({
    mutationFn: () => deleteGreeting(greeting.id),
    onSuccess: () => toast.done(words.deleted),
    onSettled,
  });
  const name = nameInSentence(greeting.name);
  const ask = async () => {
    const sure = await confirm({
      title: words.deleteTitle,
      text: words.deleteText(name),
      confirm: words.delete,
      danger: true,
    });
    if (sure) remove.mutate();
  };
  const text = greeting.properties['greeting-message_text'];
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div style={{ flex: '1 1 14rem', minWidth: 0, overflowWrap: 'anywhere' }}>
          <Text fw={600}>{greeting.name}</Text>
          <Text size="sm">{greeting.rich_message ? words.rich : String(text ?? '')}</Text>
          <Text size="xs" c="dimmed">
            {greeting.rules.length === 0 ? words.everybody : words.rules(greeting.rules.length)} ·{' '}
            {words.group(greeting.group)}
          </Text>
        </div>
        <Group gap="sm">
          <Switch
            aria-label={words.switch(name)}
            label={greeting.active ? words.on : words.off}
            checked={greeting.active}
            disabled={change.isPending}
            onChange={(event) => change.mutate(event.currentTarget.checked)}
          />
          <Button
            size="xs"
            variant="outline"
            color="red"
            aria-label={words.deleteLabel(name)}
            loading={remove.isPending}
            onClick={() => void ask()}
          >
            {words.delete}
          </Button>
        </Group>
      </Group>
      <ErrorAlert error={change.error ?? remove.error} mt="md" />
    </li>
  );
}
