import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionCardProps {
  title: string;
  description?: ReactNode;
  action?: ReactNode;
  danger?: boolean;
  id?: string;
  children?: ReactNode;
}

/** A titled part of a page; a region of its own for screen readers. */
export function SectionCard({ title, description, action, danger, id, children }: SectionCardProps) {
  const headingId = useId();
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className={danger ? 'card card_danger' : 'card'}
      style={{ marginBlockEnd: '1rem' }}
    >
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex="1 1 16rem" miw={0}>
          <Title order={2} id={headingId}>
            {title}
          </Title>
          {description ? (
            <Text c="dimmed" size="sm" mt={2} maw="44rem">
              {description}
            </Text>
          ) : null}
        </Box>
        {action}
      </Group>
      {children ? <Box mt="md">{children}</Box> : null}
    </section>
  );
}
