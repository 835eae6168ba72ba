import type { Micros } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { ClientSecret } from './records.ts';

const SECRET_BYTES = 24;

/** A fresh secret of a client. @returns what is stored, and what is handed out this once */
export function makeClientSecret(
  tools: { random: Random; identifiers: Identifiers; tokens: OpaqueTokens },
  clientId: string,
  now: Micros,
): { secret: ClientSecret; text: string } {
  const text = tools.random.bytes(SECRET_BYTES).toString('base64url');
  const secret: ClientSecret = {
    key: tools.identifiers.key(),
    clientId,
    secretHash: tools.tokens.hashSecret(text),
    hint: text.slice(-4),
    createdAt: now,
    lastUsedAt: null,
    lastUsedFrom: null,
    lastUsedBy: null,
    retiredAt: null,
  };
  return { secret, text };
}
