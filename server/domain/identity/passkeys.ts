import { isIP } from 'node:net';
import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import type { Audit } from './audit.ts';
import { beginSession, type PreviousSession } from './begin_session.ts';
import type { ChallengePurpose, Passkey } from './factor_store.ts';
import { needConfirmedEmail, needFresh } from './fresh_authentication.ts';
import { CHALLENGE_SECONDS, type PasskeyChallenges } from './passkey_challenges.ts';
import {
  checkNewPasskey,
  checkPasskey,
  PASSKEY_ALGORITHMS,
  type RelyingParty,
  readPasskeyAnswer,
} from './passkey_checks.ts';
import { cleanLine } from './profile_rules.ts';
import type { Account, Actor, AuthenticationMethod, Session } from './records.ts';
import type { ActiveSession, SessionService } from './sessions.ts';
import type { TellOwner } from './sign_in_changes.ts';
import { refuseOtherWays } from './sign_in_policy.ts';
import type { Throttle } from './throttling.ts';

const MOST_PASSKEYS = 20;
const LONGEST_NAME = 60;

/** Passkeys: registering, naming and removing them, and signing in with one. */
export interface Passkeys {
  /** False where browsers know none: without https, or at an address without a name. */
  available(): boolean;
  list(accountId: string): Promise<Passkey[]>;
  /** @throws GatehouseError where this session can add none (yet) */
  needAddable(active: ActiveSession): void;
  /**
   * What the browser hands to an authenticator to make a passkey (`PublicKeyCredentialCreationOptionsJSON`).
   * @throws GatehouseError `authorization`, `limit_reached`
   */
  creationOptions(active: ActiveSession, browserId: string): Promise<object>;
  /** @throws GatehouseError `validation` for an answer that does not fit */
  add(
    active: ActiveSession,
    form: { answer: string; name: string; browserId: string },
    actor: Actor,
  ): Promise<void>;
  rename(accountId: string, key: number, name: string, actor: Actor): Promise<void>;
  /** Ends every other session: one may have been begun with it. */
  remove(active: ActiveSession, key: number, actor: Actor): Promise<void>;

  /**
   * What the browser hands to an authenticator to sign (`PublicKeyCredentialRequestOptionsJSON`).
   * @param active asks for the passkeys of this account; without it, for any passkey of this server
   */
  requestOptions(browserId: string, active: ActiveSession | undefined, actor: Actor): Promise<object>;
  /** A passkey counts as both factors. @throws GatehouseError `authentication`, with words for the person */
  signIn(
    form: { answer: string; browserId: string; remember: boolean; previous: PreviousSession | undefined },
    actor: Actor,
  ): Promise<{ cookie: string; session: Session }>;
  /** Proves again who somebody is, in a session that goes on. @throws GatehouseError `authentication` */
  confirm(active: ActiveSession, form: { answer: string; browserId: string }, actor: Actor): Promise<void>;
}

const UNKNOWN =
  'This passkey is not known here. It may have been removed from the account; log in with your password, and add it again.';
const WRONG = 'The passkey could not be checked. Try again, or log in with your password.';
const TOO_LATE = 'The question to your passkey was too old, or was answered already. Try again.';

export function passkeys(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  settings: ServerSettings;
  challenges: PasskeyChallenges;
  sessions: SessionService;
  throttle: Throttle;
  tellOwner: TellOwner;
  audit: Audit;
}): Passkeys {
  const { storage, clock, challenges } = deps;

  // Read late: the port, and so the address, may be known only after the start.
  function party(): RelyingParty {
    const { hostname, origin } = new URL(deps.settings.publicUrl);
    return { id: hostname, origin };
  }

  function available(): boolean {
    const { protocol, hostname } = new URL(deps.settings.publicUrl);
    const secure = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
    return secure && isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
  }

  function needAddable(active: ActiveSession): void {
    needAvailable();
    needConfirmedEmail(active.account);
    needFresh(active, clock.now());
  }

  function needAvailable(): void {
    if (!available())
      throw new GatehouseError(
        'validation',
        `Browsers make passkeys only for https addresses with a host name. This server is at ${deps.settings.publicUrl}; its operator can change PUBLIC_URL.`,
      );
  }

  /** @throws GatehouseError `authentication`, after it was written down why */
  async function refuse(accountId: string, reason: string, words: string, actor: Actor): Promise<never> {
    await storage.write((stores) =>
      deps.audit(stores, actor, 'passkey.refused', { accountId, detail: { reason } }),
    );
    throw new GatehouseError('authentication', words, { reason });
  }

  /** The passkey that answered, its signature checked; its counter is still to be compared. */
  async function answered(
    form: { answer: string; browserId: string },
    purpose: ChallengePurpose,
    accountId: string | null,
    actor: Actor,
  ): Promise<{ passkey: Passkey; counter: number }> {
    const answer = readPasskeyAnswer(form.answer);
    if (!answer) throw new GatehouseError('authentication', WRONG);
    if (!(await challenges.take(answer.challenge, { purpose, browserId: form.browserId, accountId })))
      throw new GatehouseError('authentication', TOO_LATE);
    const passkey = await storage.read.factors.passkey(answer.credentialId);
    if (!passkey) throw new GatehouseError('authentication', UNKNOWN);
    // WebAuthn §7.2, step 6: who is not known yet must be the one whom the passkey names.
    const named = answer.userHandle === undefined ? accountId : userOf(answer.userHandle);
    if (passkey.accountId !== named || (accountId !== null && accountId !== named))
      return refuse(passkey.accountId, 'another_account', UNKNOWN, actor);
    const counter = await checkPasskey(answer, passkey, party());
    if (counter === undefined) return refuse(passkey.accountId, 'signature_wrong', WRONG, actor);
    return { passkey, counter };
  }

  const CLONED =
    'This passkey was refused: it has been used elsewhere since, so that it may have been copied. Log in with your password and remove it from your account.';

  return {
    available,
    needAddable,
    list: (accountId) => storage.read.factors.passkeysOf(accountId),

    async creationOptions(active, browserId) {
      const { account } = active;
      needAddable(active);
      const present = await storage.read.factors.passkeysOf(account.id);
      if (present.length >= MOST_PASSKEYS)
        throw new GatehouseError(
          'limit_reached',
          `An account has at most ${MOST_PASSKEYS} passkeys. Remove one that you do not use any more.`,
        );
      const challenge = await challenges.make({ purpose: 'register', browserId, accountId: account.id });
      return {
        rp: { id: party().id, name: deps.settings.productName },
        user: { id: handleOf(account.id), name: account.email, displayName: account.name },
        challenge,
        pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        timeout: CHALLENGE_SECONDS * 1000,
        attestation: 'none',
        excludeCredentials: present.map(descriptor),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
      };
    },

    async add(active, { answer: text, name, browserId }, actor) {
      const { account } = active;
      needAddable(active);
      const answer = readPasskeyAnswer(text);
      const use = { purpose: 'register', browserId, accountId: account.id } as const;
      const asked = answer !== undefined && (await challenges.take(answer.challenge, use));
      const checked = asked ? await checkNewPasskey(answer, party()) : undefined;
      if (!checked)
        throw new GatehouseError(
          'validation',
          'The passkey could not be checked: the answer was not to the question of this page, or it took too long. Try again.',
        );
      await storage.write(async (stores) => {
        const added = await stores.factors.addPasskey({
          ...checked,
          key: deps.identifiers.key(),
          accountId: account.id,
          name: passkeyName(name) || 'Passkey',
          createdAt: clock.now(),
          lastUsedAt: null,
        });
        if (!added) throw new GatehouseError('already_exists', 'This passkey belongs to an account already.');
        await deps.tellOwner(stores, account, { kind: 'passkey_added' });
        await deps.audit(stores, actor, 'passkey.added', {
          accountId: account.id,
          detail: { synced: checked.synced },
        });
      });
    },

    async rename(accountId, key, raw, actor) {
      const name = passkeyName(raw);
      if (name === '')
        throw new GatehouseError('validation', 'Please check the marked fields.', {
          fields: [{ field: 'name', message: 'Enter a name, such as "Work laptop".' }],
        });
      await storage.write(async (stores) => {
        if (!(await stores.factors.renamePasskey(accountId, key, name))) throw gone();
        await deps.audit(stores, actor, 'passkey.renamed', { accountId });
      });
    },

    async remove(active, key, actor) {
      const { account, session } = active;
      needFresh(active, clock.now());
      await storage.write(async (stores) => {
        if (!(await stores.factors.removePasskey(account.id, key))) throw gone();
        await stores.identity.endSessions(account.id, session.key);
        await deps.tellOwner(stores, account, { kind: 'passkey_removed' });
        await deps.audit(stores, actor, 'passkey.removed', { accountId: account.id });
      });
    },

    async requestOptions(browserId, active, actor) {
      needAvailable();
      await deps.throttle.attempt('passkey_address', actor.ip);
      const accountId = active?.account.id ?? null;
      const allowed = active ? await storage.read.factors.passkeysOf(active.account.id) : [];
      const challenge = await challenges.make({
        purpose: active ? 'confirm' : 'sign_in',
        browserId,
        accountId,
      });
      return {
        challenge,
        rpId: party().id,
        timeout: CHALLENGE_SECONDS * 1000,
        userVerification: 'required',
        allowCredentials: allowed.map(descriptor),
      };
    },

    async signIn({ answer, browserId, remember, previous }, actor) {
      const { passkey, counter } = await answered({ answer, browserId }, 'sign_in', null, actor);
      const begun = await storage.write(async (stores) => {
        const account: Account | undefined = await stores.identity.account(passkey.accountId);
        if (!account) throw new GatehouseError('authentication', UNKNOWN);
        if (!(await stores.factors.usePasskey(passkey.key, counter, clock.now()))) return undefined;
        const amr = methodsOf(passkey);
        await refuseOtherWays(stores, account, amr);
        return beginSession(stores, deps.sessions, { account, remember, amr, previous, actor });
      });
      return begun ?? refuse(passkey.accountId, 'counter_went_back', CLONED, actor);
    },

    async confirm(active, form, actor) {
      const { account, session } = active;
      const { passkey, counter } = await answered(form, 'confirm', account.id, actor);
      const used = await storage.write(async (stores) => {
        if (!(await stores.factors.usePasskey(passkey.key, counter, clock.now()))) return false;
        const amr = [...new Set([...session.amr, ...methodsOf(passkey)])];
        await stores.identity.confirmSession(session.key, amr, clock.now());
        await deps.audit(stores, actor, 'session.confirmed', { accountId: account.id });
        return true;
      });
      if (!used) await refuse(account.id, 'counter_went_back', CLONED, actor);
    },
  };
}

function gone(): GatehouseError {
  return new GatehouseError('not_found', 'Your account has no such passkey any more.');
}

function passkeyName(raw: string): string {
  return cleanLine(raw).slice(0, LONGEST_NAME);
}

function descriptor({ credentialId, transports }: Passkey): object {
  return { type: 'public-key', id: credentialId, transports };
}

/** The account's id is random and says nothing about the person (WebAuthn §14.6.1). */
function handleOf(accountId: string): string {
  return Buffer.from(accountId).toString('base64url');
}

function userOf(handle: string): string {
  return Buffer.from(handle, 'base64url').toString('utf8');
}

/** Possession of the key, and the finger, face or PIN that the authenticator asked for. */
function methodsOf({ synced }: Passkey): AuthenticationMethod[] {
  return [synced ? 'swk' : 'hwk', 'user', 'mfa'];
}
