import type { Unsent } from './threads.ts';

/** What could not be sent outlives a reload, in this tab alone. Files do not. */
const nameFor = (organizationId: string): string => `gatehouse-unsent-${organizationId}`;

export function keepUnsent(organizationId: string, unsent: readonly Unsent[]): void {
  const kept = unsent
    .filter(({ file }) => file === undefined)
    .map(({ customId, text }) => ({ customId, text }));
  try {
    if (kept.length === 0) sessionStorage.removeItem(nameFor(organizationId));
    else sessionStorage.setItem(nameFor(organizationId), JSON.stringify(kept));
  } catch {
    // Storage may be forbidden or full; then a reload forgets.
  }
}

export function readUnsent(organizationId: string): readonly Unsent[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameFor(organizationId)) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((one: { customId?: unknown; text?: unknown }) =>
      typeof one?.customId === 'string' && typeof one.text === 'string'
        ? [{ customId: one.customId, text: one.text, state: 'failed' as const }]
        : [],
    );
  } catch {
    return [];
  }
}
