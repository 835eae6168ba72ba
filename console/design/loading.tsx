import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTexts } from '../texts/texts.ts';

/** The outline of a page while its data is on the way. */
export function PageSkeleton({ cards = 2 }: { cards?: number }) {
  const texts = useTexts();
  return (
    <div role="status">
      <VisuallyHidden>{texts.loading}</VisuallyHidden>
      <Stack gap="md" aria-hidden="true">
        <Skeleton height={30} width="40%" />
        <Skeleton height={16} width="70%" />
        {Array.from({ length: cards }, (_, at) => `card ${at}`).map((key) => (
          <Skeleton key={key} height={150} radius="lg" />
        ))}
      </Stack>
    </div>
  );
}

/** The outline of a list while its rows are on the way. */
export function RowsSkeleton({ rows = 4 }: { rows?: number }) {
  const texts = useTexts();
  return (
    <div role="status">
      <VisuallyHidden>{texts.loading}</VisuallyHidden>
      <Stack gap="xs" aria-hidden="true">
        {Array.from({ length: rows }, (_, at) => `row ${at}`).map((key) => (
          <Skeleton key={key} height={64} radius="md" />
        ))}
      </Stack>
    </div>
  );
}
