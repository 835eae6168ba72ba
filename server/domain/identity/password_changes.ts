import { type Clock, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { AccountCredentials } from '../grants/account_credentials.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Audit } from './audit.ts';
import type { ConfirmPassword } from './confirm_password.ts';
import type { MailOutbox, MailWriter } from './mail_outbox.ts';
import type { PasswordHasher } from './password_hasher.ts';
import { passwordLink } from './password_link.ts';
import { passwordProblem } from './password_rules.ts';
import type { Account, Actor, OneTimeToken } from './records.ts';
import { loginSubject, type Throttle } from './throttling.ts';

const VALID_MINUTES = 60;

export interface PasswordChanges {
  /** Sends a link when the address is known; the answer is the same when it is not. */
  forgot(email: string, actor: Actor): Promise<void>;
  /**
   * For the operator, where no mail arrives: the link itself.
   * @returns undefined for an address that nobody has
   */
  linkFor(email: string, actor: Actor): Promise<{ link: string; validMinutes: number } | undefined>;
  /** Looks at a link without using it up. */
  peek(token: string): Promise<{ email: string } | undefined>;
  /**
   * Sets a new password by link and signs out everywhere.
   * @returns false when the link is wrong, used or too old
   * @throws GatehouseError `validation` for a password that will not do; the link stays good
   */
  reset(token: string, password: string, actor: Actor): Promise<boolean>;
  /** Changes one's own password; every other session ends. @throws GatehouseError `validation` */
  change(
    accountId: string,
    form: { current: string; next: string; sessionKey: number },
    actor: Actor,
  ): Promise<void>;
}

export function passwordChanges(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  hasher: PasswordHasher;
  confirmPassword: ConfirmPassword;
  outbox: MailOutbox;
  writer: MailWriter;
  settings: ServerSettings;
  throttle: Throttle;
  credentials: AccountCredentials;
  audit: Audit;
}): PasswordChanges {
  const { storage, clock, tokens, settings, hasher } = deps;

  async function find(token: string): Promise<OneTimeToken | undefined> {
    const parsed = tokens.parse(token);
    if (parsed?.kind !== 'one_time') return undefined;
    const found = await storage.read.identity.oneTimeToken(parsed.key, 'reset_password');
    if (!found || !sameSecret(parsed.secretHash, found.secretHash)) return undefined;
    return found.consumedAt === null && found.expiresAt > clock.now() ? found : undefined;
  }

  async function refuseWeak(field: string, password: string, account: Account): Promise<void> {
    const weak = await passwordProblem(password, [account.name, account.email]);
    if (!weak) return;
    const message = [weak.message, ...weak.suggestions].join(' ');
    throw new GatehouseError('validation', 'Please check the marked fields.', {
      fields: [{ field, message }],
    });
  }

  async function tellOwner(stores: Stores, account: Account, actor: Actor): Promise<void> {
    const content = deps.writer.passwordChanged({
      name: account.name,
      changedAt: clock.now(),
      forgotPasswordUrl: `${settings.publicUrl}/forgot-password`,
    });
    await deps.outbox.add(stores, account.email, content);
    await deps.audit(stores, actor, 'password.changed', { accountId: account.id });
  }

  const newLink = (stores: Stores, account: Account) =>
    passwordLink(deps, stores, account, seconds(VALID_MINUTES * 60));

  return {
    linkFor: (email, actor) =>
      storage.write(async (stores) => {
        const account = await stores.identity.accountByEmail(loginSubject(email));
        if (!account) return undefined;
        await deps.audit(stores, actor, 'password.reset_requested', { accountId: account.id });
        return { link: await newLink(stores, account), validMinutes: VALID_MINUTES };
      }),

    async forgot(email, actor) {
      const subject = loginSubject(email);
      await deps.throttle.attempt('reset_address', actor.ip);
      await deps.throttle.attempt('reset_account', subject);
      await storage.write(async (stores) => {
        const account = await stores.identity.accountByEmail(subject);
        if (!account) return;
        const link = await newLink(stores, account);
        const view = { name: account.name, email: account.email, link, validMinutes: VALID_MINUTES };
        await deps.outbox.add(stores, account.email, deps.writer.resetPassword(view));
        await deps.audit(stores, actor, 'password.reset_requested', { accountId: account.id });
      });
    },

    async peek(token) {
      const found = await find(token);
      return found && { email: found.email };
    },

    async reset(token, password, actor) {
      const found = await find(token);
      const account = found && (await storage.read.identity.account(found.accountId));
      if (!found || !account) return false;
      await refuseWeak('password', password, account);
      const passwordHash = await hasher.hash(password);
      const done = await storage.write(async (stores) => {
        const now = clock.now();
        if (!(await stores.identity.consumeOneTimeToken(found.key, now))) return false;
        await stores.identity.setPassword(account.id, passwordHash);
        // Whoever held the link has read the mailbox: the address is confirmed by it.
        if (account.emailConfirmedAt === null) {
          await stores.identity.confirmEmail(account.id, found.email, now);
          // Until now anybody could have signed up with this address: what was made meanwhile may be theirs.
          await deps.credentials.revokeAll(stores, account.id, now);
        }
        await stores.identity.endSessions(account.id);
        await tellOwner(stores, account, actor);
        return true;
      });
      if (done) {
        deps.credentials.revoked();
        await deps.throttle.clear('login_account', loginSubject(account.email));
      }
      return done;
    },

    async change(accountId, { current, next, sessionKey }, actor) {
      const account = await deps.confirmPassword(accountId, current, 'current_password', actor);
      await refuseWeak('new_password', next, account);
      const passwordHash = await hasher.hash(next);
      await storage.write(async (stores) => {
        await stores.identity.setPassword(accountId, passwordHash);
        // A link that was asked for before would set the password back.
        await stores.identity.voidOneTimeTokens(accountId, 'reset_password', clock.now());
        await stores.identity.endSessions(accountId, sessionKey);
        await tellOwner(stores, account, actor);
      });
    },
  };
}
