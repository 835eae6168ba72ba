import { GatehouseError } from '../../kernel/errors.ts';
import type { Storage } from '../storage.ts';
import type { Audit } from './audit.ts';
import { beginSession, type PreviousSession } from './begin_session.ts';
import type { PasswordHasher } from './password_hasher.ts';
import { LONGEST_PASSWORD } from './password_rules.ts';
import type { Actor, Session } from './records.ts';
import type { SecondStep } from './second_step.ts';
import type { SessionService } from './sessions.ts';
import { refuseOtherWays } from './sign_in_policy.ts';
import { loginSubject, type Throttle } from './throttling.ts';

export interface LogInForm {
  email: string;
  password: string;
  remember: boolean;
  /** Names the browser: a second step is taken in the one in which the first was. */
  browserId: string;
  previous?: PreviousSession | undefined;
}

export type LoggedIn =
  | { kind: 'session'; cookie: string; session: Session }
  /** The password was right and opens nothing yet. */
  | { kind: 'second_step'; cookie: string };

export type LogIn = (form: LogInForm, actor: Actor) => Promise<LoggedIn>;

/** The same words for an unknown account and for a wrong password. */
const WRONG = 'The e-mail address or the password is wrong.';

/**
 * Counts the attempt, compares the password, begins a session or asks for the second step.
 * @throws GatehouseError `authentication` alike for unknown and wrong; `too_many_requests`; `authorization` for
 *   somebody whose organization wants another way
 */
export function logIn(deps: {
  storage: Storage;
  hasher: PasswordHasher;
  sessions: SessionService;
  secondStep: SecondStep;
  throttle: Throttle;
  audit: Audit;
}): LogIn {
  const { storage, hasher, throttle } = deps;
  return async ({ email, password, remember, browserId, previous }, actor) => {
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
    return storage.write(async (stores): Promise<LoggedIn> => {
      // Changed while it was compared: whoever changed it has signed out everybody who knew the old one.
      const present = await stores.identity.account(account.id);
      if (present?.passwordHash !== account.passwordHash) throw new GatehouseError('authentication', WRONG);
      await refuseOtherWays(stores, present, ['pwd']);
      const attempt = await deps.secondStep.ask(stores, { account: present, browserId, remember, actor });
      if (attempt !== undefined) return { kind: 'second_step', cookie: attempt };
      const begun = await beginSession(stores, deps.sessions, {
        account: present,
        remember,
        amr: ['pwd'],
        previous,
        actor,
      });
      return { kind: 'session', ...begun };
    });
  };
}
