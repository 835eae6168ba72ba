import { createHmac } from 'node:crypto';
import { equalBytes, type Keyring } from '../kernel/keyring.ts';
import type { Random } from '../kernel/random.ts';

/**
 * Every secret that the server hands out is one opaque string: a letter for its kind, then base64url of
 * the row's key (8 bytes, masked) and the secret (24 bytes, so 192 random bits).
 *
 * The row is found by its time-ordered key; only a keyed hash of the secret is stored and compared. The key
 * is masked with another part of the same hash, so that a token does not tell how many were issued.
 */
const KINDS = {
  code: 'c',
  access: 'a',
  refresh: 'r',
  customer: 'u',
  personal: 'p',
  session: 's',
  browser: 'b',
  request: 'q',
  one_time: 'o',
  pushed: 'h',
  device: 'd',
  identity_transfer: 't',
  initial: 'i',
  registration: 'g',
  sign_in: 'v',
  challenge: 'k',
  invitation: 'n',
  inbox: 'x',
  saml: 'm',
  saml_answer: 'w',
} as const;

export type TokenKind = keyof typeof KINDS;

/** Kinds that carry the region before a colon. Refresh tokens do not, as LiveChat's no longer do. */
const REGIONAL: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'code',
  'access',
  'customer',
  'personal',
  'identity_transfer',
  'inbox',
]);

const KIND_BY_LETTER = new Map<string, TokenKind>(
  Object.entries(KINDS).map(([kind, letter]) => [letter, kind as TokenKind] as const),
);
const SECRET_BYTES = 24;
const BODY = /^([a-z])([A-Za-z0-9_-]{43})$/;

export interface MintedToken {
  /** What is handed out, once. */
  text: string;
  /** What is stored. */
  secretHash: Buffer;
}

export interface ParsedToken {
  kind: TokenKind;
  key: number;
  secretHash: Buffer;
}

export interface OpaqueTokens {
  mint(kind: TokenKind, key: number): MintedToken;
  /**
   * Makes the same token for the same origin every time, so that a repeated request can be given the same
   * answer although nothing readable was stored.
   */
  derive(kind: TokenKind, key: number, origin: string): MintedToken;
  /** Undefined for what cannot be a token of this server. Whether the secret fits, only the row can tell. */
  parse(text: string): ParsedToken | undefined;
  /** The keyed hash of a secret that people may choose themselves (client secrets, seeded tokens). */
  hashSecret(secret: string): Buffer;
}

export function opaqueTokens(keyring: Keyring, random: Random, region: string): OpaqueTokens {
  const key = keyring.derive('opaque tokens');
  const derivationKey = keyring.derive('derived tokens');
  const secretKey = keyring.derive('client secrets');

  function digest(kind: TokenKind, secret: Uint8Array): { mask: bigint; hash: Buffer } {
    const bytes = createHmac('sha512', key).update(KINDS[kind]).update(secret).digest();
    return { mask: bytes.readBigUInt64BE(0), hash: bytes.subarray(32) };
  }

  function assemble(kind: TokenKind, rowKey: number, secret: Buffer): MintedToken {
    const { mask, hash } = digest(kind, secret);
    const body = Buffer.alloc(8 + SECRET_BYTES);
    body.writeBigUInt64BE(BigInt(rowKey) ^ mask, 0);
    secret.copy(body, 8);
    const prefix = REGIONAL.has(kind) ? `${region}:` : '';
    return { text: prefix + KINDS[kind] + body.toString('base64url'), secretHash: hash };
  }

  return {
    mint: (kind, rowKey) => assemble(kind, rowKey, random.bytes(SECRET_BYTES)),
    derive(kind, rowKey, origin) {
      const secret = createHmac('sha512', derivationKey).update(KINDS[kind]).update(origin).digest();
      return assemble(kind, rowKey, secret.subarray(0, SECRET_BYTES));
    },
    parse(text) {
      const colon = text.indexOf(':');
      if (colon !== -1 && text.slice(0, colon) !== region) return undefined;
      const match = BODY.exec(text.slice(colon + 1));
      const kind = match?.[1] === undefined ? undefined : KIND_BY_LETTER.get(match[1]);
      if (!match?.[2] || !kind) return undefined;
      // The region belongs to the spelling: with and without it are not the same token.
      if (REGIONAL.has(kind) !== (colon !== -1)) return undefined;
      const body = Buffer.from(match[2], 'base64url');
      // 43 characters have two bits to spare; only the spelling that was handed out counts.
      if (body.toString('base64url') !== match[2]) return undefined;
      const { mask, hash } = digest(kind, body.subarray(8));
      const rowKey = body.readBigUInt64BE(0) ^ mask;
      if (rowKey > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
      return { kind, key: Number(rowKey), secretHash: hash };
    },
    hashSecret: (secret) => createHmac('sha256', secretKey).update(secret).digest(),
  };
}

/** True when the presented secret is the stored one; takes the same time for every wrong one. */
export function sameSecret(presented: Uint8Array, stored: Uint8Array): boolean {
  return equalBytes(presented, stored);
}
