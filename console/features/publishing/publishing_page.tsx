import { Alert, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  moveReview,
  type Review,
  type ReviewMove,
  type ReviewState,
  readReview,
} from '../../api/publishing.ts';
import { appQuery } from '../../api/queries.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { PageSkeleton } from '../../design/loading.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';

/** Those that bring the app on; the others bring it back. */
const FORWARD: readonly ReviewMove[] = ['submit', 'accept', 'publish'];

const STATES: readonly ReviewState[] = ['developing', 'submitted', 'accepted', 'published'];

/** How far an app is on its way to the public, and what can be done with it. */
export function PublishingPage() {
  const texts = useTexts();
  const app = useApp();
  const review = useQuery({
    queryKey: ['review', app.id],
    queryFn: ({ signal }) => readReview(app.id, signal),
  });
  return (
    <>
      <PageHeader
        title={texts.publishing.title}
        description={texts.publishing.description}
        context={app.name}
      />
      {review.data ? (
        <Shown review={review.data} />
      ) : review.error ? (
        <ErrorState error={review.error} onRetry={() => void review.refetch()} retrying={review.isFetching} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

function Shown({ review }: { review: Review }) {
  const texts = useTexts();
  const app = useApp();
  const confirm = useConfirm();
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const move = useMutation({
    mutationFn: (wanted: ReviewMove) => moveReview(app.id, wanted, wanted === 'send_back' ? note : ''),
    onSuccess: (now) => {
      setNote('');
      queryClient.setQueryData(['review', app.id], now);
    },
    // Somebody else may have moved it meanwhile, and a move makes a new version of the app.
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['review', app.id] }),
        queryClient.invalidateQueries({ queryKey: appQuery(app.id).queryKey }),
        queryClient.invalidateQueries({ queryKey: ['public_apps'] }),
      ]),
  });

  const ask = async (wanted: ReviewMove) => {
    const name = nameInSentence(app.name);
    const consequence =
      wanted === 'publish'
        ? texts.publishing.publishText(name)
        : wanted === 'unpublish'
          ? texts.publishing.unpublishText(name)
          : undefined;
    const label = texts.publishing.moves[wanted];
    const sure =
      consequence === undefined ||
      (await confirm({
        title: label,
        text: consequence,
        confirm: label,
        danger: wanted === 'unpublish',
      }));
    if (sure) move.mutate(wanted);
  };

  return (
    <SectionCard title={texts.publishing.path} description={texts.publishing.now[review.state]}>
      <Stack gap="md">
        <Group gap="xs" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
          {STATES.map((state) => (
            <li key={state} aria-current={state === review.state ? 'step' : undefined}>
              <Badge
                size="lg"
                variant={state === review.state ? 'filled' : 'outline'}
                {...(state === review.state ? { color: 'teal.9', c: 'white' } : { color: 'gray' })}
              >
                {texts.publishing.states[state]}
              </Badge>
            </li>
          ))}
        </Group>
        <Text size="sm" c="dimmed" role="status">
          {texts.publishing.installations(review.installations)}
        </Text>
        {review.note ? (
          <Alert color="orange" variant="light" title={texts.publishing.sentBack}>
            <span className="name" dir="auto">
              {review.note}
            </span>
          </Alert>
        ) : null}
        {review.moves.includes('send_back') ? (
          <Textarea
            label={texts.publishing.note}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={2}
          />
        ) : null}
        <Group gap="sm">
          {review.moves.map((one) => (
            <Button
              key={one}
              variant={FORWARD.includes(one) ? 'filled' : 'default'}
              loading={move.isPending && move.variables === one}
              disabled={one === 'send_back' && note.trim() === ''}
              onClick={() => void ask(one)}
            >
              {texts.publishing.moves[one]}
            </Button>
          ))}
        </Group>
        <ErrorAlert error={move.error} />
      </Stack>
    </SectionCard>
  );
}
