export interface RequestedRedirect {
  /** As the server would read it. */
  uri: string;
  /** What was done to what was typed. */
  taken: 'from_address' | 'decoded' | null;
}

/**
 * The redirect URI that a person means: typed as it is, as it stands in an address, or as a whole authorize
 * address, out of which it is taken.
 */
export function requestedRedirect(typed: string): RequestedRedirect {
  const text = typed.trim();
  const parameter = /[?&]redirect_uri=([^&#\s]*)/.exec(text)?.[1];
  if (parameter !== undefined) return { uri: decoded(parameter), taken: 'from_address' };
  if (/^[a-z][a-z0-9+.-]*%3A/i.test(text)) return { uri: decoded(text), taken: 'decoded' };
  return { uri: text, taken: null };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
