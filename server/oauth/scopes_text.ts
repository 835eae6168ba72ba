import { findScope, isScopeId, type ScopeId, scopeCatalogue } from '../wire/scope_catalogue.ts';
import { type ScopeSet, type ScopesLike, scopeSet } from './scopes_set.ts';

/** How a list of scopes is written: joined by commas, or by spaces as in RFC 6749 §3.3. */
export type ScopeDialect = 'livechat' | 'standard';

export type ScopeProblem = {
  readonly code: 'scope_unknown' | 'scope_malformed' | 'scope_separator' | 'scope_too_long';
  /** The token that is wrong, made printable and shortened. */
  readonly token: string;
  readonly message: string;
  /** The scope that was probably meant. */
  readonly suggestion?: ScopeId;
};

export type ParsedScopes =
  | { readonly ok: true; readonly scopes: ScopeSet }
  | { readonly ok: false; readonly problem: ScopeProblem };

/** The whole catalogue, joined, is below 2 000 characters; the rest is room for repetition. */
const longestText = 8_192;
/** Characters of a scope token, RFC 6749 §3.3: printable ASCII without space, `"` and `\`. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Reads the text of a `scope` parameter. Separators are spaces; in the LiveChat dialect commas too, in any
 * mixture (its SDKs join by commas, its samples also by spaces). Repeated scopes collapse. Empty text gives
 * an empty set: RFC 6749 §3.1 treats a parameter without a value as left out, and what that means is the
 * client policy's affair.
 */
export function parseScopes(text: string, dialect: ScopeDialect): ParsedScopes {
  if (text.length > longestText) {
    return refuse('scope_too_long', `${text.slice(0, 24)}…`, [
      `The scope list is ${text.length} characters long; at most ${longestText} are read.`,
    ]);
  }
  const tokens = text.split(dialect === 'livechat' ? /[ ,]+/ : / +/).filter((token) => token !== '');
  const ids: ScopeId[] = [];
  for (const token of tokens) {
    if (!isScopeId(token)) return explain(token, dialect);
    ids.push(token);
  }
  return { ok: true, scopes: scopeSet(ids) };
}

/**
 * Writes scopes as named (not expanded), in catalogue order, in the dialect's own separator. LiveChat's dialect
 * has no words for those of OpenID Connect.
 */
export function formatScopes(scopes: ScopesLike, dialect: ScopeDialect): string {
  const { ids } = scopeSet(scopes);
  return dialect === 'standard' ? ids.join(' ') : ids.filter((id) => !findScope(id).standardOnly).join(',');
}

function explain(token: string, dialect: ScopeDialect): ParsedScopes {
  const shown = printable(token);
  if (!scopeToken.test(token)) {
    return refuse('scope_malformed', shown, [
      `The scope "${shown}" holds a character that scopes never have.`,
      `Separate scopes by ${dialect === 'livechat' ? 'commas or spaces' : 'single spaces'}.`,
    ]);
  }
  if (dialect === 'standard' && token.includes(',') && token.split(',').some(isScopeId)) {
    return refuse('scope_separator', shown, [
      `"${shown}" was read as one scope: at this address scopes are separated by spaces, not by commas.`,
    ]);
  }
  const suggestion = nearestScope(token);
  const advice = suggestion
    ? `Did you mean "${suggestion}"?`
    : 'The list of scopes is in the documentation and in the Console under App Authorization.';
  return refuse('scope_unknown', shown, [`There is no scope "${shown}".`, advice], suggestion);
}

function refuse(
  code: ScopeProblem['code'],
  token: string,
  sentences: readonly string[],
  suggestion?: ScopeId,
): ParsedScopes {
  const problem = { code, token, message: sentences.join(' ') };
  return { ok: false, problem: suggestion ? { ...problem, suggestion } : problem };
}

/** Shows a token in a message: at most 60 characters, all of them printable ASCII. */
function printable(token: string): string {
  const shown = token.length > 60 ? `${token.slice(0, 59)}…` : token;
  return shown.replace(/[^\x20-\x7e…]/g, (char) => {
    const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `\\u${code}`;
  });
}

/** The scope whose spelling is nearest, if it is near enough to be a slip of the hand. */
function nearestScope(token: string): ScopeId | undefined {
  if (token.length > 60) return undefined;
  const wanted = token.toLowerCase();
  let best: { id: ScopeId; distance: number } | undefined;
  for (const { id } of scopeCatalogue) {
    const distance = editDistance(wanted, id);
    if (!best || distance < best.distance) best = { id, distance };
  }
  if (!best) return undefined;
  // A third of the letters may differ: "chats:ro" still finds a chat scope, "email" finds none.
  return best.distance <= Math.max(2, Math.floor(best.id.length / 3)) ? best.id : undefined;
}

/** Levenshtein distance, in one row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
