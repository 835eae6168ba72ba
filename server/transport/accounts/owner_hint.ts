import type { Services } from '../../apis/services.ts';
import type { ClientOfApp } from '../../domain/apps/records.ts';
import type { Account } from '../../domain/identity/records.ts';
import type { AuthorizationProblem } from '../../oauth/authorization_problem.ts';
import type { OwnerHint } from '../../pages/ooops.ts';
import { paths } from '../../pages/paths.ts';

/** Why a request was refused, in full, for a developer of that very app and for nobody else. */
export async function ownerHint(
  services: Services,
  account: Account | undefined,
  known: ClientOfApp | undefined,
  problem: AuthorizationProblem | undefined,
): Promise<OwnerHint | undefined> {
  if (!account || !known || !problem) return undefined;
  const { app } = known;
  const member = await services.identity.member(app.licenseId, account.id);
  if (!member || member.membership.suspendedAt !== null || member.membership.accountRole === 'member')
    return undefined;
  return {
    appName: app.name,
    parameter: problem.parameter,
    check: problem.check,
    received: problem.received,
    closest: problem.closest,
    consoleUrl: `${paths.console}/apps/${app.id}/authorization`,
  };
}
