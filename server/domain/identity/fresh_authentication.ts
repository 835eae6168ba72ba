import { type Clock, type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Storage } from '../storage.ts';
import type { Audit } from './audit.ts';
import type { ConfirmPassword } from './confirm_password.ts';
import type { Account, Actor } from './records.ts';
import type { ActiveSession } from './sessions.ts';

/** Who changes how an account is opened has proven not longer ago than this who they are. */
const FRESH_FOR = seconds(5 * 60);

/** Proving again, in a session that goes on. */
export interface FreshAuthentication {
  /** @throws GatehouseError `authorization`, reason `stale_session`, when it is too long ago */
  need(active: ActiveSession): void;
  /** @throws GatehouseError `validation` for a wrong password; `too_many_requests` */
  byPassword(active: ActiveSession, password: string, actor: Actor): Promise<void>;
}

export function freshAuthentication(deps: {
  storage: Storage;
  clock: Clock;
  confirmPassword: ConfirmPassword;
  audit: Audit;
}): FreshAuthentication {
  const { storage, clock } = deps;
  return {
    need: (active) => needFresh(active, clock.now()),
    async byPassword({ account, session }, password, actor) {
      await deps.confirmPassword(account.id, password, 'password', actor);
      const amr = [...new Set([...session.amr, 'pwd' as const])];
      await storage.write(async (stores) => {
        await stores.identity.confirmSession(session.key, amr, clock.now());
        await deps.audit(stores, actor, 'session.confirmed', { accountId: account.id });
      });
    },
  };
}

/** @throws GatehouseError `authorization`, reason `stale_session`, where the person has to prove again who they are */
export function needFresh({ session }: ActiveSession, now: Micros): void {
  if (now - session.authenticatedAt > FRESH_FOR)
    throw new GatehouseError('authorization', 'Confirm first that it is you.', { reason: 'stale_session' });
}

/**
 * Anybody can sign up with a stranger's address. Until it is confirmed, nothing is tied to the account that would
 * outlive a new password.
 * @throws GatehouseError `authorization`
 */
export function needConfirmedEmail(account: Account): void {
  if (account.emailConfirmedAt === null)
    throw new GatehouseError(
      'authorization',
      'Confirm your e-mail address first: open the link in the mail that we sent you, or ask for a new one on your profile.',
    );
}
