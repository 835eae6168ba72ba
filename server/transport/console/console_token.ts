import type { ConsoleCaller } from '../../apis/registry/caller.ts';
import type { ConsoleMethod } from '../../apis/registry/method.ts';
import type { Services } from '../../apis/services.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { type ScopeSet, satisfy } from '../../oauth/scopes.ts';

/** Who calls by a personal access token, and what it holds as far as the person's roles go now. */
export interface TokenCaller {
  caller: ConsoleCaller;
  scopes: ScopeSet;
}

/**
 * The command line's way in: HTTP Basic with the account's id and a personal access token. No browser sends it
 * by itself, since it is never asked for it, so that no CSRF token is needed.
 * @throws GatehouseError `authentication` for whatever else the header holds
 */
export async function tokenCaller(
  { grants }: Services,
  authorization: string,
  from: string,
): Promise<TokenCaller> {
  if (!/^Basic /i.test(authorization))
    throw new GatehouseError(
      'authentication',
      'The Console API takes the session of a browser, or a personal access token by HTTP Basic (account id and token). The access token of an app does not open it.',
    );
  const agent = await grants.authentication.authenticate(authorization, 'agent', from);
  const { organization, accountId, accountRole, chatRole, scopes } = agent;
  const caller: ConsoleCaller = {
    kind: 'console',
    organization,
    accountId,
    accountRole,
    chatRole,
    sessionKey: null,
    csrfToken: '',
  };
  return { caller, scopes };
}

/** @throws GatehouseError `authorization` where the token does not open the method, saying what would */
export function checkTokenScopes(
  { name, personalAccessToken: wanted }: ConsoleMethod,
  scopes: ScopeSet,
): void {
  if (wanted === undefined)
    throw new GatehouseError(
      'authorization',
      `${name} is done in the Console, by a person who is logged in. No personal access token opens it.`,
      { reason: 'personal_access_token' },
    );
  if (wanted.length === 0 || satisfy(scopes, wanted) !== undefined) return;
  throw new GatehouseError(
    'authorization',
    `${name} needs the scope ${wanted.join(' or ')}, and this personal access token does not have it, or the role of its account does not allow it. Make one that has, in the Console under Personal access tokens.`,
    { reason: 'scope_missing' },
  );
}
