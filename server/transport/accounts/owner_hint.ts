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
    consoleUrl: `${paths.console}/apps/${app.id}/authorization${placeOf(problem)}`,
  };
}

const MENDED_BY_ADDING = /^redirect_(none_registered|(scheme|host|port|path)_differs|sub_path)$/;
const LONGEST_URI = 2_048;

/** The part of the page where it is mended; a refused address comes along, to be added if it is the app's own. */
function placeOf({ reason, received }: AuthorizationProblem): string {
  if (reason.startsWith('scope')) return '#scopes';
  if (!MENDED_BY_ADDING.test(reason) || !received || received.length > LONGEST_URI) return '';
  return `?add_redirect_uri=${encodeURIComponent(received)}#redirect_uris`;
}
