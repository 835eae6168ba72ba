import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../texts/texts.ts';
import { clipName } from './names.ts';

interface PageHeaderProps {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** Goes into the document's title only, as in "Overview · My app". */
  context?: string | undefined;
}

let pagesShown = 0;

/**
 * The page's one `h1`. On a change of page the focus moves to it, so that keyboard and screen reader start at
 * the new page and not where the old link was.
 */
export function PageHeader({ title, description, actions, context }: PageHeaderProps) {
  const texts = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    pagesShown += 1;
    if (pagesShown > 1) heading.current?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    document.title = [title, context ? clipName(context) : '', texts.product].filter(Boolean).join(' · ');
  }, [title, context, texts.product]);

  return (
    <Group justify="space-between" align="flex-start" gap="md" mb="lg">
      <Box flex="1 1 18rem" miw={0}>
        <Title order={1} ref={heading} tabIndex={-1} className="name">
          {title}
        </Title>
        {description ? (
          <Text c="dimmed" mt={4} maw="44rem">
            {description}
          </Text>
        ) : null}
      </Box>
      {actions ? <Group gap="sm">{actions}</Group> : null}
    </Group>
  );
}
