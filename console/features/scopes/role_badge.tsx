import { Badge } from '@mantine/core';
import type { ScopeRole } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';

/** The role a person needs so that a scope can be given. */
export function RoleBadge({ role }: { role: ScopeRole | null }) {
  const texts = useTexts();
  return (
    <Badge variant="default" tt="none" fw={500}>
      {texts.scopes.roles[role ?? 'anyone']}
    </Badge>
  );
}
