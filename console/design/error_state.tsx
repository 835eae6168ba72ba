import { Button, Center, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { ApiError } from '../api/api_error.ts';
import { useTexts } from '../texts/texts.ts';
import { errorSentence } from './error_text.tsx';

interface ErrorStateProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
  retrying?: boolean;
  /** Another way on, such as a link back to a list. */
  action?: ReactNode;
  title?: string;
}

/** A page or part that could not be loaded, with the way out. */
export function ErrorState({ error, onRetry, retrying = false, action, title }: ErrorStateProps) {
  const texts = useTexts();
  const apiError = error instanceof ApiError ? error : null;
  const shownTitle =
    title ?? (apiError?.type === 'not_found' ? texts.errors.notFoundTitle : texts.errors.loadTitle);
  useEffect(() => {
    document.title = `${shownTitle} · ${texts.product}`;
  }, [shownTitle, texts.product]);
  return (
    <Center className="card" py="xl" role="alert">
      <Stack align="center" gap="xs" maw="32rem" ta="center">
        <ThemeIcon size={56} radius="xl" variant="light" color="red" aria-hidden="true">
          <IconPlugConnectedX size={30} />
        </ThemeIcon>
        <Title order={1} size="h2" mt="xs">
          {shownTitle}
        </Title>
        <Text c="dimmed" className="name">
          {errorSentence(error, texts)}
        </Text>
        {apiError?.requestId ? (
          <Text size="xs" c="dimmed" className="name">
            {texts.errors.requestId} <code>{apiError.requestId}</code>
          </Text>
        ) : null}
        <Group mt="xs" justify="center">
          {onRetry && apiError?.type !== 'not_found' ? (
            <Button leftSection={<IconRefresh size={16} />} onClick={onRetry} loading={retrying}>
              {texts.errors.retry}
            </Button>
          ) : null}
          {action}
        </Group>
      </Stack>
    </Center>
  );
}
