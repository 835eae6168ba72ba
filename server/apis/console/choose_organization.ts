import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { consoleMethod } from '../registry/method.ts';
import { presentSession } from './present_session.ts';
import { Session } from './schemas.ts';

export const chooseOrganization = consoleMethod({
  name: 'choose_organization',
  summary: "Make another of one's organizations the one that the Console shows",
  access: 'member',
  http: { method: 'POST', path: '/console/api/session/organization' },
  input: Type.Object(
    { organization_id: Type.String({ description: 'Id of an organization one belongs to.' }) },
    { additionalProperties: false },
  ),
  output: Session,
  errors: ['not_found'],
  handler: async ({ services, caller, input }) => {
    const { identity } = services;
    if (caller.sessionKey === null)
      throw new GatehouseError('authorization', 'A personal access token is of one organization.');
    const own = await identity.organizationsOf(caller.accountId);
    const chosen = own.find(({ organization }) => organization.id === input.organization_id);
    if (chosen && chosen.membership.suspendedAt !== null)
      throw new GatehouseError(
        'authorization',
        `Your membership in ${chosen.organization.name} is suspended. Its owner or an administrator can lift that.`,
      );
    await identity.sessions.chooseOrganization(caller.accountId, caller.sessionKey, input.organization_id);
    return presentSession(services, caller, chosen?.organization.licenseId ?? caller.organization.licenseId);
  },
});
