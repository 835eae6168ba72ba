import { type Clock, seconds } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { Storage } from '../storage.ts';
import type { ChallengePurpose } from './factor_store.ts';

/** As long as a sign-in page may lie open before its passkeys are asked for anew. */
export const CHALLENGE_SECONDS = 10 * 60;

/** What a challenge is for, and whose answer counts. */
export interface ChallengeUse {
  purpose: ChallengePurpose;
  browserId: string;
  /** Null for signing in. */
  accountId: string | null;
}

/** Challenges are kept on the server, each for one browser, one purpose and one answer. */
export interface PasskeyChallenges {
  /** @returns what is to be signed, in base64url */
  make(use: ChallengeUse): Promise<string>;
  /** Uses it up, right answer or wrong: true for one caller. */
  take(challenge: string, use: ChallengeUse): Promise<boolean>;
}

/** A challenge is an opaque token, so that the answer itself names the row (192 random bits; WebAuthn §13.4.3 asks for 128). */
export function passkeyChallenges(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  keyring: Keyring;
  tokens: OpaqueTokens;
}): PasskeyChallenges {
  const { storage, clock, tokens } = deps;
  const browserKey = deps.keyring.derive('browser of a passkey challenge');
  return {
    async make({ purpose, browserId, accountId }) {
      const key = deps.identifiers.key();
      const minted = tokens.mint('challenge', key);
      await storage.write((stores) =>
        stores.factors.addChallenge({
          key,
          secretHash: minted.secretHash,
          browserHash: mac(browserKey, browserId),
          purpose,
          accountId,
          expiresAt: clock.now() + seconds(CHALLENGE_SECONDS),
        }),
      );
      return Buffer.from(minted.text).toString('base64url');
    },
    async take(challenge, use) {
      const parsed = tokens.parse(Buffer.from(challenge, 'base64url').toString('latin1'));
      if (parsed?.kind !== 'challenge') return false;
      const kept = await storage.read.factors.challenge(parsed.key);
      if (!kept || !sameSecret(parsed.secretHash, kept.secretHash)) return false;
      if (!(await storage.write((stores) => stores.factors.takeChallenge(kept.key, clock.now()))))
        return false;
      return (
        kept.purpose === use.purpose &&
        kept.accountId === use.accountId &&
        sameSecret(mac(browserKey, use.browserId), kept.browserHash)
      );
    },
  };
}
