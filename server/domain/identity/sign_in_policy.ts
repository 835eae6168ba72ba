import { GatehouseError } from '../../kernel/errors.ts';
import { domainOfEmail } from '../sign_in_rules/domain_rules.ts';
import type { RequiredSignIn } from '../sign_in_rules/records.ts';
import type { Stores } from '../storage.ts';
import type { Account, AuthenticationMethod } from './records.ts';

/**
 * The organization that wants somebody to sign in by its identity provider; undefined where this way will do.
 * Owners are held to nothing: they must be able to mend what is set up wrongly.
 */
export async function otherSignIn(
  stores: Pick<Stores, 'signIn'>,
  account: Pick<Account, 'id' | 'email'>,
  amr: readonly AuthenticationMethod[],
): Promise<RequiredSignIn | undefined> {
  if (amr.includes('fed')) return undefined;
  return stores.signIn.requiredSignIn(account.id, domainOfEmail(account.email));
}

/** @throws GatehouseError `authorization` that names the organization in `data.organization_id` */
export async function refuseOtherWays(
  stores: Pick<Stores, 'signIn'>,
  account: Pick<Account, 'id' | 'email'>,
  amr: readonly AuthenticationMethod[],
): Promise<void> {
  const required = await otherSignIn(stores, account, amr);
  if (required) throw wantsSaml(required);
}

export const LOGIN_METHOD_ENFORCED = 'login_method_enforced';

export function wantsSaml({ organization, organizationId }: RequiredSignIn): GatehouseError {
  return new GatehouseError(
    'authorization',
    `${organization} wants its people to sign in by its identity provider.`,
    { data: { organization_id: organizationId }, reason: LOGIN_METHOD_ENFORCED },
  );
}
