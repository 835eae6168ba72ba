import type { Services } from '../../apis/services.ts';
import type { Account } from '../../domain/identity/records.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { accountOrganizationsPage, leaveOrganizationPage } from '../../pages/account_organizations.ts';
import { paths } from '../../pages/paths.ts';
import { actorOf } from '../http/request_info.ts';
import { done, signedIn } from './account_frame.ts';
import type { PageRequest, PageRoutes } from './pages_plugin.ts';

/** Where a person belongs, and how they leave. */
export function organizationRoutes(routes: PageRoutes, services: Services): void {
  const { identity, grants, people } = services;

  async function ask(
    page: PageRequest,
    account: Account,
    organizationId: string | undefined,
    refused?: string,
  ): Promise<string> {
    const own = await identity.organizationsOf(account.id);
    const found = own.find(({ organization }) => organization.id === organizationId);
    if (!found)
      throw new GatehouseError('not_found', 'You are not a member of an organization with this id.');
    const granted = await grants.grantsOf(account.id);
    return leaveOrganizationPage(page.context, {
      organization: found.organization,
      apps: granted
        .filter(({ grant }) => grant.licenseId === found.organization.licenseId)
        .map(({ appName }) => appName),
      refused,
    });
  }

  routes.get(
    paths.accountOrganizations,
    signedIn(async (page, account) => {
      const own = await identity.organizationsOf(account.id);
      return accountOrganizationsPage(page.context, {
        notice:
          page.query.done === 'left'
            ? 'You left the organization. Your apps and tokens for it are dead.'
            : undefined,
        organizations: own.map(({ organization, membership }) => ({
          id: organization.id,
          name: organization.name,
          licenseId: organization.licenseId,
          role: membership.accountRole,
          suspended: membership.suspendedAt !== null,
        })),
      });
    }),
  );

  routes.get(
    paths.leaveOrganization,
    signedIn((page, account) => ask(page, account, page.query.organization_id)),
  );

  routes.post(
    paths.leaveOrganization,
    signedIn(async (page, account) => {
      const { organization_id: organizationId = '' } = page.form;
      try {
        await people.changes.leave(account.id, organizationId, actorOf(page.request));
      } catch (error) {
        if (!isGatehouseError(error) || error.code !== 'limit_reached') throw error;
        page.reply.code(409);
        return ask(page, account, organizationId, error.message);
      }
      return done(page, paths.accountOrganizations, 'left');
    }),
  );
}
