import { Stack, Text } from '@mantine/core';
import type { AppUsage } from '../../api/usage.ts';
import { CopyField } from '../../design/copy_field.tsx';
import { LinkButton } from '../../design/link_button.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';

/** Which scopes nothing used, and the smaller set that would have done. */
export function ScopeUse({ scopes }: { scopes: AppUsage['scopes'] }) {
  const texts = useTexts();
  const app = useApp();
  if (scopes.used.length + scopes.unused.length === 0) return null;
  const isSpare = scopes.unused.length > 0 || scopes.smaller.join() !== scopes.used.join();
  return (
    <SectionCard
      title={texts.usage.scopes}
      description={isSpare ? texts.usage.scopesSpare(scopes.days) : texts.usage.scopesNeeded(scopes.days)}
    >
      {isSpare ? (
        <Stack gap="sm">
          {scopes.unused.length > 0 ? (
            <Text size="sm">
              {texts.usage.unused}{' '}
              {scopes.unused.map((scope) => (
                <code key={scope}>{scope} </code>
              ))}
            </Text>
          ) : null}
          {scopes.smaller.length > 0 ? (
            <CopyField label={texts.usage.smaller} value={scopes.smaller.join(',')} />
          ) : null}
          <div>
            <LinkButton to="/apps/$appId/authorization" params={{ appId: app.id }} variant="default">
              {texts.usage.changeScopes}
            </LinkButton>
          </div>
        </Stack>
      ) : null}
    </SectionCard>
  );
}
