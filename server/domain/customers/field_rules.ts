import { NUL_MESSAGE } from '../properties/property_rules.ts';

/** What is wrong with a text that is to be stored; undefined when nothing is. */
export function textProblem(text: string, longest: number): string | undefined {
  if (text.length > longest) return `has ${text.length} characters; at most ${longest} are kept.`;
  if (text.includes('\u0000')) return NUL_MESSAGE;
  return text.isWellFormed() ? undefined : 'holds half of a surrogate pair, which is no character.';
}

/** What is wrong with the address of a page or image; undefined when nothing is. */
export function httpAddressProblem(text: string, longest: number): string | undefined {
  const problem = textProblem(text, longest);
  if (problem) return problem;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '')
    return 'is not the address of a page: it should begin with https:// or http:// and a host.';
  return url.username !== '' || url.password !== ''
    ? 'holds a user name or password, which must not be passed on.'
    : undefined;
}
