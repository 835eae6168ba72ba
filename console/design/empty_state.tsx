import { Center, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text: ReactNode;
  action?: ReactNode;
}

/** Says that there is nothing yet, why that is fine, and what to do first. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <Center className="card" py="xl">
      <Stack align="center" gap="xs" maw="30rem" ta="center">
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden="true">
          {icon}
        </ThemeIcon>
        <Title order={2} mt="xs">
          {title}
        </Title>
        <Text c="dimmed">{text}</Text>
        {action ? <div style={{ marginBlockStart: '0.5rem' }}>{action}</div> : null}
      </Stack>
    </Center>
  );
}
