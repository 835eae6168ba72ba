import { type Clock, type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Audit } from './audit.ts';
import { needConfirmedEmail, needFresh } from './fresh_authentication.ts';
import type { Account, Actor } from './records.ts';
import { makeRecoveryCodes, readRecoveryCode } from './recovery_codes.ts';
import type { ActiveSession } from './sessions.ts';
import type { TellOwner } from './sign_in_changes.ts';
import { clearSecondFactor, type Throttle } from './throttling.ts';
import { newTotpSecret, totpAddress, totpStep } from './totp.ts';

/** Time to install an app and scan the code. */
const SETUP_LIFE = seconds(3600);

export interface TwoStepState {
  /** Undefined: off. */
  since: Micros | undefined;
  codesLeft: number;
}

/** What an authenticator app needs, before it has shown that it has it. */
export interface TwoStepSetup {
  /** In base32, to be typed. */
  secret: string;
  /** For the QR code. */
  address: string;
  /** The same, for the form to bring back: nothing is stored until the first code was right. */
  sealed: string;
}

/** Two-step sign-in with an authenticator app, and the recovery codes that belong to it. */
export interface TwoStep {
  state(accountId: string): Promise<TwoStepState>;
  /** @throws GatehouseError `authorization` where the person has to prove again who they are; `conflict` when it is on */
  prepare(active: ActiveSession): Promise<TwoStepSetup>;
  /** The setup that a form brought back, to be shown again; undefined when it is not this account's or too old. */
  reopen(account: Account, sealed: string): TwoStepSetup | undefined;
  /**
   * Ends every other session: they were begun without it.
   * @returns ten recovery codes, readable for the last time
   * @throws GatehouseError `validation` for a wrong code
   */
  turnOn(active: ActiveSession, form: { sealed: string; code: string }, actor: Actor): Promise<string[]>;
  /** The recovery codes go with it. */
  turnOff(active: ActiveSession, actor: Actor): Promise<void>;
  /** @returns ten recovery codes in the place of the old ones */
  renewCodes(active: ActiveSession, actor: Actor): Promise<string[]>;
  /**
   * For the operator, when a person has lost everything: two-step sign-in, recovery codes and passkeys go, and all
   * sessions end. The password stays.
   * @returns what there was; undefined for an account that does not exist
   */
  clearFactors(accountId: string, actor: Actor): Promise<{ twoStep: boolean; passkeys: number } | undefined>;
}

export function twoStep(deps: {
  storage: Storage;
  clock: Clock;
  random: Random;
  tokens: OpaqueTokens;
  settings: ServerSettings;
  sealTotp: (secret: string) => string;
  openTotp: (sealed: string) => string;
  throttle: Throttle;
  tellOwner: TellOwner;
  audit: Audit;
}): TwoStep {
  const { storage, clock } = deps;

  function setup(account: Account, secret: string, sealed: string): TwoStepSetup {
    const { productName } = deps.settings;
    return { secret, sealed, address: totpAddress({ productName, email: account.email, secret }) };
  }

  async function makeCodes(stores: Stores, accountId: string): Promise<string[]> {
    const codes = makeRecoveryCodes(deps.random);
    const hashed = codes.map((code, slot) => ({
      slot,
      hash: deps.tokens.hashSecret(readRecoveryCode(code) ?? ''),
    }));
    await stores.factors.replaceRecoveryCodes(accountId, hashed);
    return codes;
  }

  function readSetup(account: Account, sealed: string): string | undefined {
    try {
      const [accountId, until, secret] = deps.openTotp(sealed).split(' ');
      return accountId === account.id && Number(until) > clock.now() ? secret : undefined;
    } catch {
      // Not sealed by this server, or cut short.
      return undefined;
    }
  }

  const off = () =>
    new GatehouseError('conflict', 'Two-step sign-in is off. Turn it on first, on your account page.');
  const on = () =>
    new GatehouseError(
      'conflict',
      'Two-step sign-in is on already. Turn it off first to set up another authenticator app.',
    );

  return {
    async state(accountId) {
      const totp = await storage.read.factors.totp(accountId);
      const codes = totp ? await storage.read.factors.recoveryCodes(accountId) : [];
      return { since: totp?.createdAt, codesLeft: codes.length };
    },

    async prepare(active) {
      const { account } = active;
      needConfirmedEmail(account);
      needFresh(active, clock.now());
      if (await storage.read.factors.totp(account.id)) throw on();
      const secret = newTotpSecret(deps.random);
      return setup(account, secret, deps.sealTotp(`${account.id} ${clock.now() + SETUP_LIFE} ${secret}`));
    },

    reopen(account, sealed) {
      const secret = readSetup(account, sealed);
      return secret === undefined ? undefined : setup(account, secret, sealed);
    },

    async turnOn(active, { sealed, code }, actor) {
      const { account, session } = active;
      needConfirmedEmail(account);
      needFresh(active, clock.now());
      const secret = readSetup(account, sealed);
      if (secret === undefined)
        throw new GatehouseError('not_found', 'This page is too old. Start the setup again.');
      const step = totpStep(secret, code, clock.now());
      if (step === undefined)
        throw new GatehouseError('validation', 'Please check the marked fields.', {
          fields: [
            {
              field: 'code',
              message:
                'This code does not fit. Enter the six digits that the app shows now, and check that the clock of your phone is right.',
            },
          ],
        });
      return storage.write(async (stores) => {
        const added = await stores.factors.addTotp({
          accountId: account.id,
          sealedSecret: deps.sealTotp(secret),
          lastUsedStep: step,
          createdAt: clock.now(),
        });
        if (!added) throw on();
        const codes = await makeCodes(stores, account.id);
        await stores.identity.endSessions(account.id, session.key);
        const amr = [...new Set([...session.amr, 'otp' as const, 'mfa' as const])];
        await stores.identity.confirmSession(session.key, amr, session.authenticatedAt);
        await deps.tellOwner(stores, account, { kind: 'two_step_on' });
        await deps.audit(stores, actor, 'two_step.turned_on', { accountId: account.id });
        return codes;
      });
    },

    async turnOff(active, actor) {
      const { account, session } = active;
      needFresh(active, clock.now());
      await storage.write(async (stores) => {
        if (!(await stores.factors.removeTotp(account.id))) throw off();
        await stores.factors.removeRecoveryCodes(account.id);
        await stores.identity.endSessions(account.id, session.key);
        await deps.tellOwner(stores, account, { kind: 'two_step_off' });
        await deps.audit(stores, actor, 'two_step.turned_off', { accountId: account.id });
      });
    },

    async renewCodes(active, actor) {
      const { account } = active;
      needFresh(active, clock.now());
      return storage.write(async (stores) => {
        if (!(await stores.factors.totp(account.id))) throw off();
        const codes = await makeCodes(stores, account.id);
        await deps.tellOwner(stores, account, { kind: 'recovery_codes_made' });
        await deps.audit(stores, actor, 'recovery_codes.made', { accountId: account.id });
        return codes;
      });
    },

    async clearFactors(accountId, actor) {
      const cleared = await storage.write(async (stores) => {
        const account = await stores.identity.account(accountId);
        if (!account) return undefined;
        const had = await stores.factors.removeTotp(accountId);
        await stores.factors.removeRecoveryCodes(accountId);
        const passkeys = await stores.factors.passkeysOf(accountId);
        for (const { key } of passkeys) await stores.factors.removePasskey(accountId, key);
        await stores.identity.endSessions(accountId);
        const was = { twoStep: had, passkeys: passkeys.length };
        await deps.tellOwner(stores, account, { kind: 'factors_cleared' });
        await deps.audit(stores, actor, 'factors.cleared', { accountId, detail: was });
        return was;
      });
      if (cleared) await clearSecondFactor(deps.throttle, accountId);
      return cleared;
    },
  };
}
