import { canonicalJson } from '../../kernel/canonical_json.ts';
import type { Clock, Micros } from '../../kernel/clock.ts';
import { days } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { equalBytes, type Keyring, mac } from '../../kernel/keyring.ts';

export type SortOrder = 'asc' | 'desc';

/** A place between two records of a list ordered by time, then id. */
export interface Position {
  at: Micros;
  id: string;
}

/** What a page continues: the question as first asked, and from where on, in which direction. */
export interface Cursor<Question> {
  question: Question;
  order: SortOrder;
  limit: number;
  from: Position;
  direction: 'next' | 'previous';
  /** The count told with the first page, where it is an estimate that later pages should repeat. */
  found?: number | undefined;
}

/** One month: docs, agent-chat-api#pagination. */
const LIFE = days(30);
const MAC_BYTES = 16;

/**
 * Makes and reads `page_id`s: base64url of a truncated HMAC-SHA256 and of the cursor as JSON. They are not
 * secret, only unforgeable, and hold for one organization, one method and one subject (a customer, a chat).
 */
export interface PageCursors {
  write<Q>(scope: CursorScope, cursor: Cursor<Q>): string;
  /** @throws GatehouseError `validation` naming `page_id`: forged, from elsewhere, or expired */
  read<Q>(scope: CursorScope, pageId: string): Cursor<Q>;
}

export interface CursorScope {
  licenseId: number;
  method: string;
  subject?: string;
}

interface Sealed {
  s: string;
  e: Micros;
  c: Cursor<unknown>;
}

export function createPageCursors(keyring: Keyring, clock: Clock): PageCursors {
  const key = keyring.derive('page_id');
  return {
    write(scope, cursor) {
      const sealed: Sealed = { s: scopeText(scope), e: clock.now() + LIFE, c: cursor };
      const text = Buffer.from(canonicalJson(sealed));
      return Buffer.concat([sign(key, text), text]).toString('base64url');
    },
    read<Q>(scope: CursorScope, pageId: string): Cursor<Q> {
      const bytes = Buffer.from(pageId, 'base64url');
      const text = bytes.subarray(MAC_BYTES);
      // Buffer.from skips what is not base64url; only the one spelling that was given out is taken.
      if (
        bytes.toString('base64url') !== pageId ||
        !equalBytes(bytes.subarray(0, MAC_BYTES), sign(key, text))
      )
        throw refused('This page_id was not given out by this server, or was changed on the way.');
      const sealed = JSON.parse(text.toString()) as Sealed;
      if (sealed.s !== scopeText(scope))
        throw refused(
          'This page_id belongs to another list. Use it with the method and the parameters it came from.',
        );
      if (sealed.e <= clock.now())
        throw refused('This page_id has expired: it lives 30 days. Start again without one.');
      return sealed.c as Cursor<Q>;
    },
  };
}

function scopeText({ licenseId, method, subject = '' }: CursorScope): string {
  return `${licenseId}/${method}/${subject}`;
}

function sign(key: Uint8Array, text: Uint8Array): Buffer {
  return mac(key, text).subarray(0, MAC_BYTES);
}

function refused(message: string): GatehouseError {
  return new GatehouseError('validation', `page_id: ${message}`, { fields: [{ field: 'page_id', message }] });
}

/**
 * A page_id carries the question, so nothing that shapes the list may be sent beside it
 * (docs: agent-chat-api#pagination).
 * @throws GatehouseError `validation`
 */
export function refuseBesidePageId(input: { page_id?: string | undefined }, names: readonly string[]): void {
  if (input.page_id === undefined) return;
  const sent = names.filter((name) => (input as Record<string, unknown>)[name] !== undefined);
  if (sent.length === 0) return;
  const message = 'Cannot be sent along with page_id, which carries it from the first page.';
  throw new GatehouseError('validation', `${sent.join(', ')}: ${message}`, {
    fields: sent.map((field) => ({ field, message })),
  });
}
