/** The part of a redirect URI that a problem is about; the Console marks it. */
export type RedirectPart =
  | 'scheme'
  | 'host'
  | 'port'
  | 'path'
  | 'query'
  | 'fragment'
  | 'userinfo'
  | 'characters'
  | 'length'
  | 'whole';

export type RedirectProblemCode =
  | 'empty'
  | 'too_long'
  | 'several_uris'
  | 'comma'
  | 'parsers_disagree'
  | 'scheme_missing'
  | 'scheme_forbidden'
  | 'scheme_not_reverse_domain'
  | 'scheme_uppercase'
  | 'scheme_plain_http'
  | 'character_whitespace'
  | 'character_control'
  | 'character_backslash'
  | 'character_non_ascii'
  | 'character_forbidden'
  | 'percent_malformed'
  | 'percent_hidden_character'
  | 'percent_not_utf8'
  | 'userinfo_present'
  | 'host_missing'
  | 'host_wildcard'
  | 'host_uppercase'
  | 'host_malformed'
  | 'host_trailing_dot'
  | 'host_too_long'
  | 'host_ipv4_spelling'
  | 'host_ipv6_spelling'
  | 'port_empty'
  | 'port_malformed'
  | 'port_out_of_range'
  | 'port_default'
  | 'port_on_custom_scheme'
  | 'path_rootless'
  | 'path_dot_segment'
  | 'query_present'
  | 'fragment_present';

export type RedirectProblem = {
  readonly part: RedirectPart;
  /** Stable: tests and logs rely on it. */
  readonly code: RedirectProblemCode;
  /** For the app's owner: what was wrong, with which value, and what would be right. */
  readonly message: string;
  /** A whole redirect URI that would be accepted by the grammar, where one is likely to be meant. */
  readonly suggestion?: string;
};

/** Quotes a piece of somebody's input for a message: shortened, and with nothing invisible in it. */
export function quoted(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `"${shown.replace(/[^\x20-\x7e…]/gu, codePoint)}"`;
}

/** Names a character: itself where it is visible ASCII, its code point otherwise. */
export function named(char: string): string {
  return /^[\x21-\x7e]$/.test(char) ? `"${char}"` : codePoint(char);
}

function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A problem as the grammar finds it: its suggestion is a candidate that has still to prove itself. */
export type ProblemDraft = {
  readonly part: RedirectPart;
  readonly code: RedirectProblemCode;
  readonly message: string;
  readonly candidate?: string | undefined;
};

export function problem(
  part: RedirectPart,
  code: RedirectProblemCode,
  message: string,
  candidate?: string,
): ProblemDraft {
  return { part, code, message, candidate };
}
