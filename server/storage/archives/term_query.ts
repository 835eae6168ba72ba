import type { Clause } from '../../domain/archives/archive_store.ts';
import { term } from '../../domain/archives/document.ts';
import type { SortOrder } from '../../domain/chats/page_cursor.ts';

/** Row keys, both included. */
export interface KeyRange {
  from: number;
  to: number;
}

export interface TermRange extends KeyRange {
  order: SortOrder;
  limit: number;
}

export interface FoundKeys {
  keys: number[];
  /** Undefined when there is nothing beyond. */
  end: number | undefined;
}

/** A term of one organization: none of another's can be spelled so. */
export function prefixed(licenseId: number, text: string): string {
  return `${licenseId.toString(36)}_${text}`;
}

/**
 * The clauses as an expression of an engine's own. Terms are letters, digits and underscores of our making, so
 * that there is nothing to escape.
 */
export function expression(
  licenseId: number,
  clauses: readonly Clause[],
  signs: { and: string; or: string; not: string; quote: string },
): string {
  const all = (terms: readonly string[]) =>
    `(${terms.map((text) => signs.quote + prefixed(licenseId, text) + signs.quote).join(signs.or)})`;
  const wanted = clauses.flatMap((clause) => ('anyOf' in clause ? [clause.anyOf] : []));
  const refused = clauses.flatMap((clause) => ('noneOf' in clause ? clause.noneOf : []));
  const positive = (wanted.length > 0 ? wanted : [[term.any]]).map(all).join(signs.and);
  const together = clauses.flatMap((clause) => ('notAllOf' in clause ? [clause.notAllOf] : []));
  const outside = [
    ...(refused.length > 0 ? [all(refused)] : []),
    ...together.map((terms) => `(${terms.map((text) => all([text])).join(signs.and)})`),
  ];
  return outside.length === 0 ? positive : `(${positive})${signs.not}(${outside.join(signs.or)})`;
}

/** How many there are, when the newest of them are known and are taken to be spread evenly over the time before. */
export function extrapolated(
  count: number,
  span: { newest: number; oldest: number },
  oldest: number,
): number {
  const here = Math.max(1, span.newest - span.oldest);
  return Math.max(count, Math.round((count * (span.newest - oldest)) / here));
}
