/** How a pasted credential was spelled, beside itself. */
export const spellingNotes = [
  /** With the name of the header before it. */
  'header_name',
  'bearer',
  /** As HTTP Basic, in Base64. */
  'basic',
  /** As `curl -u` takes it: account id, colon, token. */
  'pair',
  'quotes',
  /** There was white space within, as a terminal breaks lines. */
  'white_space',
  /** `%3A` stood for the colon, as in an address. */
  'percent_encoded',
  /** It was a parameter of an address or of a form. */
  'from_address',
  /** The region and its colon were missing. */
  'region_missing',
] as const;
export type SpellingNote = (typeof spellingNotes)[number];

export interface PresentedToken {
  text: string;
  /** The user name of HTTP Basic, where it is an account's id. */
  accountId: string | undefined;
  notes: readonly SpellingNote[];
}

const ACCOUNT = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):(.+)$/is;
const PARAMETER = /(?:^|[?&#])(?:access_token|refresh_token|code|token)=([^&#\s]+)/;
const BASE64 = /^[A-Za-z0-9+/_-]{40,}={0,2}$/;

/**
 * Finds the credential in what a person pasted: a header, an address, a line of curl. Nothing is refused here, so
 * that a debugger can say what would be wrong with it on the wire.
 */
export function readPresentedToken(pasted: string): PresentedToken {
  const notes: SpellingNote[] = [];
  let text = pasted.trim();
  let accountId: string | undefined;

  function take(note: SpellingNote, replaced: string | undefined): void {
    if (replaced === undefined || replaced === text) return;
    notes.push(note);
    text = replaced;
  }

  take('quotes', /^(["'`])(.*)\1$/s.exec(text)?.[2]?.trim());
  take('header_name', /^(?:x-)?authorization\s*:\s*(.*)$/is.exec(text)?.[1]);
  take('bearer', /^bearer\s+(.*)$/is.exec(text)?.[1]);
  const basic = /^basic\s+(.*)$/is.exec(text)?.[1] ?? (BASE64.test(text) ? text : undefined);
  const decoded =
    basic === undefined ? '' : Buffer.from(basic.replace(/\s+/g, ''), 'base64').toString('utf8');
  // A bare token may be Base64 by chance; only what decodes to an account and a token is meant so.
  if (ACCOUNT.test(decoded)) take('basic', decoded);
  else if (basic !== undefined && basic !== text) take('basic', decoded.slice(decoded.indexOf(':') + 1));
  const pair = ACCOUNT.exec(text);
  if (pair) {
    accountId = pair[1]?.toLowerCase();
    if (!notes.includes('basic')) notes.push('pair');
    text = pair[2] ?? '';
  }
  take('from_address', PARAMETER.exec(text)?.[1]);
  take('percent_encoded', /%3a/i.test(text) ? text.replace(/%3a/gi, ':') : undefined);
  take('white_space', text.replace(/\s+/g, ''));
  return { text, accountId, notes };
}
