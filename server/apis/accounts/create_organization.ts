import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { scopeSet } from '../../oauth/scopes.ts';
import { openAccountsMethod } from '../registry/method.ts';
import type { Services } from '../services.ts';
import { Account, presentWith, refuseBots } from './account.ts';
import {
  Company,
  DomainWhitelist,
  InvitationMode,
  OrganizationName,
  OrganizationWithCompany,
  presentOrganization,
} from './organization.ts';

export const createOrganization = openAccountsMethod({
  name: 'create_organization',
  summary: 'Create an organization',
  description:
    'Without a credential: with a new account that owns it, like the sign-up page, and without any mail. With an access token or a personal access token: for the account of that token. The token stays for the organization that it was for; log in to the new one, or authorize an app there.',
  http: { method: 'POST', path: '/v2/organizations' },
  scopes: [],
  input: Type.Object({
    email: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'Required where no credential comes.' }),
    ),
    password: Type.Optional(
      Type.String({
        minLength: 8,
        maxLength: 255,
        description: 'Left out: the person asks for a link to set one, at `/forgot-password`.',
      }),
    ),
    organization: Type.Optional(
      Type.Object({
        name: Type.Optional(OrganizationName),
        invitation_mode: Type.Optional(InvitationMode),
        domain_whitelist: Type.Optional(DomainWhitelist),
        company: Type.Optional(Company),
      }),
    ),
  }),
  output: Type.Object({ ...Account.properties, organization: OrganizationWithCompany }),
  errors: ['already_exists', 'too_many_requests'],
  example: {
    email: 'founder@example.com',
    password: 'four blue lamps in the attic',
    organization: { name: 'Lamps & Co' },
  },
  source: 'authorization/global-accounts-api#Organizations',
  async handler({ caller, input, services, request }) {
    const { newOrganizations, organizations } = services.accounts;
    const actor = { ip: request.ip, userAgent: request.userAgent, requestId: request.id };
    const form = {
      name: input.organization?.name,
      invitationMode: input.organization?.invitation_mode,
      domainWhitelist: input.organization?.domain_whitelist,
      company: input.organization?.company,
    };
    if (caller) refuseBots(caller);
    if (caller && input.email !== undefined) await refuseOtherEmail(services, caller.accountId, input.email);
    if (!caller && input.email === undefined)
      throw invalid('email', 'It is missing. Send it, or a credential of the account that is to own it.');
    const made = caller
      ? await newOrganizations.found(caller.accountId, form, actor)
      : await newOrganizations.signUp(
          { email: input.email ?? '', password: input.password, organization: form },
          actor,
        );
    const { licenseId, id } = made.organization;
    const [member, facts, profile] = await Promise.all([
      services.identity.member(licenseId, made.account.id),
      services.accounts.factsOf(licenseId, made.account.id),
      organizations.read(licenseId),
    ]);
    if (!member) throw new Error('a new organization has an owner');
    const seer = { organization: { id, licenseId }, scopes: scopeSet(['accounts.roles--all:ro']) };
    return {
      ...presentWith(services, member, facts, seer),
      organization: presentOrganization(made.organization, profile),
    };
  },
});

async function refuseOtherEmail(services: Services, accountId: string, email: string): Promise<void> {
  const [own] = await services.identity.organizationsOf(accountId);
  const member = own && (await services.identity.member(own.organization.licenseId, accountId));
  if (member?.account.email.toLowerCase() !== email.trim().normalize('NFC').toLowerCase())
    throw invalid('email', 'It is not the e-mail of the account that the credential is of. Leave it out.');
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `\`${field}\`: ${message}`, { fields: [{ field, message }] });
}
