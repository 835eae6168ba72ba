import { type Clock, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Audit } from './audit.ts';
import { beginSession, type PreviousSession } from './begin_session.ts';
import type { SignInAttempt } from './factor_store.ts';
import type { Account, Actor, AuthenticationMethod, Session } from './records.ts';
import { readRecoveryCode } from './recovery_codes.ts';
import type { SessionService } from './sessions.ts';
import type { TellOwner } from './sign_in_changes.ts';
import { clearSecondFactor, countSecondFactor, type Throttle } from './throttling.ts';
import { totpStep } from './totp.ts';

/** Time to find the phone, or the sheet with the recovery codes. */
const ATTEMPT_LIFE = seconds(10 * 60);

/** What the browser shows: the cookie of the attempt, and its own name. */
export interface AttemptOfBrowser {
  cookie: string | undefined;
  browserId: string;
}

export type SecondProof = { kind: 'totp'; code: string } | { kind: 'recovery'; code: string };

/** Between a right password and a session: nothing that is kept here opens anything. */
export interface SecondStep {
  /**
   * Part of the unit of work in which the first step was right.
   * @returns what the cookie of the attempt carries; undefined when no second step is due
   */
  ask(
    stores: Stores,
    wanted: {
      account: Account;
      browserId: string;
      remember: boolean;
      actor: Actor;
      /** A password, where nothing is said. */
      first?: SignInAttempt['firstFactor'];
    },
  ): Promise<string | undefined>;
  /** Whose second step this browser owes; undefined when the attempt is over, or was begun elsewhere. */
  find(browser: AttemptOfBrowser): Promise<{ account: Account; remember: boolean } | undefined>;
  /**
   * Uses the code up and begins the session, both or neither.
   * @throws GatehouseError `not_found` when the attempt is over, `validation` for a wrong code, `too_many_requests`
   */
  finish(
    browser: AttemptOfBrowser,
    proof: SecondProof,
    previous: PreviousSession | undefined,
    actor: Actor,
  ): Promise<{ cookie: string; session: Session }>;
}

/** RFC 8176 has no word for recovery codes; each is a password that works once. */
const METHODS: readonly AuthenticationMethod[] = ['otp', 'mfa'];

const WRONG = {
  totp: 'This code is wrong, or was used already. Wait for the next one in your authenticator app, and check that the clock of your phone is right.',
  recovery:
    'This recovery code is wrong, or was used already. Each works once; when you have made new ones, the older ones are dead.',
};

export function secondStep(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  keyring: Keyring;
  tokens: OpaqueTokens;
  openTotp: (sealed: string) => string;
  sessions: SessionService;
  throttle: Throttle;
  tellOwner: TellOwner;
  audit: Audit;
}): SecondStep {
  const { storage, clock, tokens } = deps;
  const browserKey = deps.keyring.derive('browser of a sign-in attempt');
  const passwordKey = deps.keyring.derive('password of a sign-in attempt');

  async function look({ cookie, browserId }: AttemptOfBrowser) {
    const parsed = cookie === undefined ? undefined : tokens.parse(cookie);
    if (parsed?.kind !== 'sign_in') return undefined;
    const attempt = await storage.read.factors.signInAttempt(parsed.key);
    if (!attempt || !sameSecret(parsed.secretHash, attempt.secretHash)) return undefined;
    if (!sameSecret(mac(browserKey, browserId), attempt.browserHash) || attempt.expiresAt <= clock.now())
      return undefined;
    const account = await presentAccount(storage.read, attempt);
    const totp = account && (await storage.read.factors.totp(account.id));
    return account && totp && { attempt, account, totp };
  }

  /** A password that was changed meanwhile ends what was begun with the old one. */
  async function presentAccount(stores: Stores, attempt: SignInAttempt): Promise<Account | undefined> {
    const account = await stores.identity.account(attempt.accountId);
    return account && sameSecret(mac(passwordKey, account.passwordHash), attempt.passwordMark)
      ? account
      : undefined;
  }

  /** What has to be used up for this proof; undefined when it is wrong. */
  async function usable(
    { account, totp }: { account: Account; totp: { sealedSecret: string } },
    proof: SecondProof,
  ): Promise<((stores: Stores) => Promise<boolean>) | undefined> {
    const now = clock.now();
    if (proof.kind === 'totp') {
      const step = totpStep(readable(totp.sealedSecret), proof.code, now);
      return step === undefined ? undefined : (stores) => stores.factors.useTotpStep(account.id, step);
    }
    const letters = readRecoveryCode(proof.code);
    if (letters === undefined) return undefined;
    const hash = tokens.hashSecret(letters);
    const left = await storage.read.factors.recoveryCodes(account.id);
    const found = left.filter((code) => sameSecret(hash, code.hash))[0];
    return found && ((stores) => stores.factors.useRecoveryCode(account.id, found, now));
  }

  function readable(sealedSecret: string): string {
    try {
      return deps.openTotp(sealedSecret);
    } catch (cause) {
      throw new GatehouseError(
        'conflict',
        'This server cannot read the key of your authenticator app any more, because its own secret key was replaced. Use a passkey, or ask the operator to remove two-step sign-in from your account.',
        { cause, reason: 'totp_secret_unreadable' },
      );
    }
  }

  function wrong(kind: SecondProof['kind']): GatehouseError {
    return new GatehouseError('validation', 'Please check the marked fields.', {
      fields: [{ field: kind === 'totp' ? 'code' : 'recovery_code', message: WRONG[kind] }],
      reason: 'second_factor_wrong',
    });
  }

  return {
    async ask(stores, { account, browserId, remember, actor, first = 'pwd' }) {
      if (!(await stores.factors.totp(account.id))) return undefined;
      const key = deps.identifiers.key();
      const minted = tokens.mint('sign_in', key);
      await stores.factors.addSignInAttempt({
        key,
        secretHash: minted.secretHash,
        browserHash: mac(browserKey, browserId),
        accountId: account.id,
        passwordMark: mac(passwordKey, account.passwordHash),
        remember,
        expiresAt: clock.now() + ATTEMPT_LIFE,
        firstFactor: first,
      });
      await deps.audit(stores, actor, 'second_step.asked', { accountId: account.id });
      return minted.text;
    },

    async find(browser) {
      const found = await look(browser);
      return found && { account: found.account, remember: found.attempt.remember };
    },

    async finish(browser, proof, previous, actor) {
      const found = await look(browser);
      if (!found) throw over();
      const { account, attempt } = found;
      await countSecondFactor(deps.throttle, account.id);
      try {
        const use = await usable(found, proof);
        if (!use) throw wrong(proof.kind);
        const begun = await storage.write(async (stores) => {
          if (!(await stores.factors.takeSignInAttempt(attempt.key, clock.now()))) throw over();
          if (!(await use(stores))) throw wrong(proof.kind);
          const present = await presentAccount(stores, attempt);
          if (!present) throw over();
          if (proof.kind === 'recovery') {
            const left = (await stores.factors.recoveryCodes(account.id)).length;
            await deps.tellOwner(stores, account, { kind: 'recovery_code_used', left });
            await deps.audit(stores, actor, 'recovery_code.used', {
              accountId: account.id,
              detail: { left },
            });
          }
          const { remember } = attempt;
          return beginSession(stores, deps.sessions, {
            account: present,
            remember,
            amr: [attempt.firstFactor, ...METHODS],
            previous,
            actor,
          });
        });
        await clearSecondFactor(deps.throttle, account.id);
        return begun;
      } catch (error) {
        if (error instanceof GatehouseError && error.reason === 'second_factor_wrong')
          await storage.write((stores) =>
            deps.audit(stores, actor, 'second_step.refused', {
              accountId: account.id,
              detail: { kind: proof.kind },
            }),
          );
        throw error;
      }
    },
  };
}

function over(): GatehouseError {
  return new GatehouseError(
    'not_found',
    'This sign-in took too long, was finished already, or was begun in another browser. Log in again.',
  );
}
