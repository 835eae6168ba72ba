import type { ConsoleCaller } from '../../apis/registry/caller.ts';
import type { IdentityService } from '../../domain/identity/identity_service.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { BrowserContext } from '../http/browser.ts';

/**
 * Who calls, by the session of the browser. An account that has left the session's organization, or is
 * suspended there, goes on in the first of its others.
 * @throws GatehouseError `authentication` without a live session; `authorization` when no organization is left
 */
export async function consoleCaller(
  identity: IdentityService,
  browser: BrowserContext,
): Promise<ConsoleCaller> {
  if (!browser.active)
    throw new GatehouseError(
      'authentication',
      'You are not logged in, or your session has ended. Log in again.',
    );
  const { session, account } = browser.active;
  const own = await identity.organizationsOf(account.id);
  const open = own.filter(({ membership }) => membership.suspendedAt === null);
  const chosen = open.find(({ organization }) => organization.licenseId === session.licenseId) ?? open[0];
  if (!chosen)
    throw new GatehouseError(
      'authorization',
      own.length === 0
        ? 'Your account does not belong to an organization any more. Ask its owner to add you again.'
        : 'Your account is suspended. The owner or an administrator of your organization can lift that.',
    );
  const { organization, membership } = chosen;
  if (organization.licenseId !== session.licenseId)
    await identity.sessions.chooseOrganization(account.id, session.key, organization.id);
  return {
    kind: 'console',
    organization: { id: organization.id, licenseId: organization.licenseId },
    accountId: account.id,
    accountRole: membership.accountRole,
    chatRole: membership.chatRole,
    sessionKey: session.key,
    csrfToken: browser.csrfToken,
  };
}
