import Type from 'typebox';
import { OrganizationDomain, presentDomain } from '../accounts/organization_domain.ts';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';

export const checkOrganizationDomain = consoleMethod({
  name: 'check_organization_domain',
  summary: 'Look for the DNS record of a domain now',
  access: 'developer',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'POST', path: '/console/api/organization/domains/:domain_id/check' },
  input: Type.Object({ domain_id: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
  output: OrganizationDomain,
  errors: ['not_found'],
  async handler(context) {
    const { services, input, caller } = context;
    const checked = await services.signInRules.domains.check(editorOf(context), input.domain_id);
    return presentDomain(checked, caller.organization);
  },
});
