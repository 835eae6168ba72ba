import { GatehouseError } from '../../kernel/errors.ts';
import type { Storage } from '../storage.ts';
import type { Audit } from './audit.ts';
import type { PasswordHasher } from './password_hasher.ts';
import { LONGEST_PASSWORD } from './password_rules.ts';
import type { Actor, Session } from './records.ts';
import type { SessionService } from './sessions.ts';
import { loginSubject, type Throttle } from './throttling.ts';

export interface LogInForm {
  email: string;
  password: string;
  remember: boolean;
  /** The cookie the browser came with: its session ends, so that nobody can have planted it. */
  previous?: { accountId: string; sessionKey: number } | undefined;
}

export type LogIn = (form: LogInForm, actor: Actor) => Promise<{ cookie: string; session: Session }>;

/** The same words for an unknown account and for a wrong password. */
const WRONG = 'The e-mail address or the password is wrong.';

/**
 * Counts the attempt, compares the password, begins a session.
 * @throws GatehouseError `authentication` alike for unknown and wrong; `too_many_requests`
 */
export function logIn(deps: {
  storage: Storage;
  hasher: PasswordHasher;
  sessions: SessionService;
  throttle: Throttle;
  audit: Audit;
}): LogIn {
  const { storage, hasher, throttle } = deps;
  return async ({ email, password, remember, previous }, actor) => {
    const subject = loginSubject(email);
    // Successes do not count against an address: a whole office may share it.
    await throttle.check('login_address', actor.ip);
    await throttle.attempt('login_account', subject);
    if (password.length > LONGEST_PASSWORD) throw new GatehouseError('authentication', WRONG);
    const account = await storage.read.identity.accountByEmail(subject);
    const right = account
      ? await hasher.verify(account.passwordHash, password)
      : await hasher.verifyNothing(password);
    if (!account || !right) {
      await throttle.attempt('login_address', actor.ip);
      await storage.write((stores) =>
        deps.audit(stores, actor, 'session.refused', { accountId: account?.id ?? null }),
      );
      throw new GatehouseError('authentication', WRONG);
    }
    await throttle.clear('login_account', subject);
    return storage.write(async (stores) => {
      // Changed while it was compared: whoever changed it has signed out everybody who knew the old one.
      const present = await stores.identity.account(account.id);
      if (present?.passwordHash !== account.passwordHash) throw new GatehouseError('authentication', WRONG);
      const [first] = await stores.identity.organizationsOf(account.id);
      if (!first)
        throw new GatehouseError(
          'authentication',
          'This account does not belong to an organization any more.',
        );
      if (previous) await stores.identity.endSession(previous.accountId, previous.sessionKey);
      return deps.sessions.begin(stores, {
        accountId: account.id,
        licenseId: first.organization.licenseId,
        remember,
        actor,
      });
    });
  };
}
