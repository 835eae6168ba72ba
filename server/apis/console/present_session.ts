import type { Member } from '../../domain/identity/records.ts';
import type { ServerSettings } from '../../domain/server_settings.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { ConsoleCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';
import type { Session } from './schemas.ts';

/** Enough people to ask; a large organization may have hundreds of administrators. */
const MOST_HELPERS = 20;

/**
 * The session as the Console sees it, in the given organization of the caller.
 * @throws GatehouseError `authorization` when the account left the organization meanwhile
 */
export async function presentSession(
  services: Services,
  caller: ConsoleCaller,
  licenseId: number,
): Promise<Session> {
  const { identity, settings } = services;
  const [own, members] = await Promise.all([
    identity.organizationsOf(caller.accountId),
    identity.members(licenseId),
  ]);
  const open = own.filter(({ membership }) => membership.suspendedAt === null);
  const current = open.find(({ organization }) => organization.licenseId === licenseId);
  const self = members.find(({ account }) => account.id === caller.accountId);
  if (!current || !self)
    throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
  const role = current.membership.accountRole;
  const { account } = self;
  return {
    account: {
      id: account.id,
      name: account.name,
      email: account.email,
      email_confirmed: account.emailConfirmedAt !== null,
    },
    organization: { id: current.organization.id, name: current.organization.name, license_id: licenseId },
    // A personal access token is of one organization, and does not tell of others.
    organizations: (caller.sessionKey === null ? [current] : open).map(({ organization, membership }) => ({
      id: organization.id,
      name: organization.name,
      role: membership.accountRole,
    })),
    role,
    can_develop: role !== 'member',
    helpers: helpersAmong(members),
    csrf_token: caller.csrfToken,
    region: settings.region,
    urls: urlsOf(settings),
    development_mode: settings.developmentMode,
  };
}

/** Owners first, then administrators, by name. */
function helpersAmong(members: readonly Member[]): Session['helpers'] {
  return members
    .filter(({ membership }) => membership.accountRole !== 'member' && membership.suspendedAt === null)
    .map(({ account, membership }) => ({
      name: account.name,
      email: account.email,
      role: membership.accountRole,
    }))
    .sort((a, b) => (a.role === b.role ? a.name.localeCompare(b.name) : a.role === 'owner' ? -1 : 1))
    .slice(0, MOST_HELPERS);
}

/** What goes into commands and other programs is absolute; what the Console links to is on its own origin. */
function urlsOf({ publicUrl }: ServerSettings): Session['urls'] {
  return {
    authorize: `${publicUrl}/`,
    token: `${publicUrl}/v2/token`,
    info: `${publicUrl}/v2/info`,
    api: publicUrl,
    customer_token: `${publicUrl}/v2/customer/token`,
    docs: '/docs',
    account: '/account',
    sign_out: '/signout',
    postman: `${publicUrl}/postman.json`,
  };
}
