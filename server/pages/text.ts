import { html } from 'htm/preact';
import type { VNode } from 'preact';

/**
 * Makes foreign text safe to stand in a line of ours: control characters and line breaks become spaces, and
 * the bidirectional embeddings, overrides and isolates (Unicode UAX #9 §2) go, because an app named with
 * U+202E could otherwise turn the rest of a consent sentence around. Markup is escaped by the renderer.
 */
export function singleLine(value: string): string {
  return value
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .toWellFormed()
    .trim();
}

/** Foreign text (a person's, app's or organization's name) isolated from the direction of what is around it. */
export function name(value: string): VNode {
  return html`<bdi>${singleLine(value)}</bdi>`;
}

/** The letter that stands for a name where there is no picture: its first letter or digit, upper case. */
export function initial(value: string): string {
  return (/[\p{L}\p{N}]/u.exec(value)?.[0] ?? '?').toLocaleUpperCase('en');
}

/**
 * An address fit for `href` or `src`: a path of this origin or an http(s) URL; anything else (`javascript:`,
 * `//host`, addresses with spaces or control characters that browsers would drop) becomes `#`.
 */
export function safeHref(value: string): string {
  if (/[\p{Cc}\s\\]/u.test(value)) return '#';
  if (/^\/(?!\/)/.test(value)) return value;
  return /^https?:\/\/[^/]/i.test(value) && URL.canParse(value) ? value : '#';
}
