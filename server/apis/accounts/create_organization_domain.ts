import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import {
  needOwnOrganization,
  OrganizationDomain,
  OrganizationId,
  presentDomain,
} from './organization_domain.ts';
import { rulesEditorOf } from './rules_editor.ts';

export const createOrganizationDomain = accountsMethod({
  name: 'create_organization_domain',
  summary: 'Add a domain to the organization',
  description:
    'For owners; at most 10. Publish the record of `verification` in the DNS: it is looked for every ten minutes, and from then on once a day. Domains of free and of disposable mail are refused.',
  http: { method: 'POST', path: '/v2/organizations/:organization_id/domains', status: 201 },
  scopes: ['organization--my:rw'],
  input: Type.Object({
    organization_id: OrganizationId,
    domain: Type.String({ maxLength: 300, description: 'Such as `example.com`.' }),
  }),
  output: OrganizationDomain,
  errors: ['not_found', 'already_exists', 'limit_reached'],
  example: { organization_id: 'my', domain: 'plainview.example' },
  source: 'authorization/global-accounts-api#OrganizationDomains',
  async handler(call) {
    const { caller, input, services } = call;
    needOwnOrganization(caller, input.organization_id);
    const added = await services.signInRules.domains.add(rulesEditorOf(call), input.domain);
    return presentDomain(added, caller.organization);
  },
});
