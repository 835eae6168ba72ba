import type { Texts } from '../../texts/texts.ts';

interface Page {
  to:
    | '/apps'
    | '/tools/token'
    | '/settings/people'
    | '/settings/personal-access-tokens'
    | '/settings/security'
    | '/settings/audit-log';
  label: string;
}

/** The pages that belong to no single app, as far as the person may see them. */
export function pagePlaces(
  texts: Texts,
  { develops, isOwner }: { develops: boolean; isOwner: boolean },
): Page[] {
  const developers: Page[] = [
    { to: '/apps', label: texts.nav.apps },
    { to: '/tools/token', label: texts.nav.tokenDebugger },
    { to: '/settings/security', label: texts.nav.security },
  ];
  return [
    ...(develops ? developers : []),
    { to: '/settings/people', label: texts.nav.people },
    { to: '/settings/personal-access-tokens', label: texts.nav.personalAccessTokens },
    ...(isOwner ? [{ to: '/settings/audit-log', label: texts.nav.auditLog } as const] : []),
  ];
}

/** The guides, by the names of their pages. */
export function docsPlaces(texts: Texts): { slug: string; label: string }[] {
  return Object.entries(texts.guides).map(([slug, label]) => ({ slug, label }));
}
