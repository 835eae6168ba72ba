import { useQuery } from '@tanstack/react-query';
import { appCompatibilityQuery } from '../../api/queries.ts';
import type { App, Authorization } from '../../api/types.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { CompatibilityList } from '../compatibility/compatibility_list.tsx';
import { StrictIsSafe } from '../compatibility/strict_is_safe.tsx';

/** Whether the profile could be strict: what the app really did in the last 30 days. */
export function StrictReadiness({ app, block }: { app: App; block: Authorization }) {
  const texts = useTexts();
  const words = texts.compatibility;
  const compatibility = useQuery(appCompatibilityQuery(app.id));

  return (
    <SectionCard title={words.title} description={words.description}>
      {compatibility.isPending ? (
        <RowsSkeleton rows={2} />
      ) : !compatibility.data ? (
        <ErrorAlert error={compatibility.error} title={words.failed} />
      ) : block.profile === 'strict' ? (
        <StrictIsSafe title={words.strictTitle} text={words.strict} />
      ) : compatibility.data.length === 0 ? (
        <StrictIsSafe title={words.safeTitle} text={words.safe} />
      ) : (
        <CompatibilityList uses={compatibility.data} />
      )}
    </SectionCard>
  );
}
