import { GatehouseError } from '../../kernel/errors.ts';
import type { Storage } from '../storage.ts';
import type { Audit } from './audit.ts';
import type { PasswordHasher } from './password_hasher.ts';
import { LONGEST_PASSWORD } from './password_rules.ts';
import type { Account, Actor } from './records.ts';
import type { Throttle } from './throttling.ts';

/**
 * The person behind a live session gives the password once more, before something that an unattended browser must
 * not be able to do.
 * @param field the form's name of the password
 * @returns the account, as it was when its password was compared
 * @throws GatehouseError `validation` with the field when it is wrong; `too_many_requests`
 */
export type ConfirmPassword = (
  accountId: string,
  password: string,
  field: string,
  actor: Actor,
) => Promise<Account>;

export function confirmPassword(deps: {
  storage: Storage;
  hasher: PasswordHasher;
  throttle: Throttle;
  audit: Audit;
}): ConfirmPassword {
  const { storage, throttle } = deps;
  return async (accountId, password, field, actor) => {
    await throttle.attempt('login_account', accountId);
    const account = await storage.read.identity.account(accountId);
    const right =
      account &&
      password.length <= LONGEST_PASSWORD &&
      (await deps.hasher.verify(account.passwordHash, password));
    if (!right) {
      await storage.write((stores) =>
        deps.audit(stores, actor, 'session.confirmation_refused', { accountId }),
      );
      throw new GatehouseError('validation', 'Please check the marked fields.', {
        fields: [{ field, message: 'This is not your password.' }],
      });
    }
    await throttle.clear('login_account', accountId);
    return account;
  };
}
