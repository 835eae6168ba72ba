import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { BotSecret } from '../apps/records.ts';

const SECRET_BYTES = 16;

/** A fresh secret of a bot, or of a template's bots. @returns what is stored, and what is handed out this once */
export function makeBotSecret(tools: { random: Random; identifiers: Identifiers; tokens: OpaqueTokens }): {
  secret: BotSecret;
  text: string;
} {
  const text = tools.random.bytes(SECRET_BYTES).toString('hex');
  return { secret: { key: tools.identifiers.key(), hash: tools.tokens.hashSecret(text) }, text };
}
