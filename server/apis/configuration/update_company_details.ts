import Type from 'typebox';
import { companyFields } from '../../domain/license/license_service.ts';
import { agentMethod } from '../registry/method.ts';

const text = Type.Optional(Type.String({ maxLength: 255 }));

export const updateCompanyDetails = agentMethod({
  api: 'configuration',
  name: 'update_company_details',
  summary: 'Change what is known of the company.',
  description:
    'What is left out stays; an empty text takes a field back. With `enrich`, a `company` that is missing is filled from ' +
    'the title of the page at `url`, if it can be read.',
  scopes: ['organization--my:rw'],
  input: Type.Object({
    enrich: Type.Optional(Type.Boolean()),
    ...(Object.fromEntries(companyFields.map((field) => [field, text])) as Record<
      (typeof companyFields)[number],
      typeof text
    >),
  }),
  output: Type.Object({}),
  example: { company: 'Acme', city: 'Berlin' },
  source: 'management/configuration-api#update-company-details',
  async handler({ caller, input, services }) {
    const { enrich = false } = input;
    const change = Object.fromEntries(companyFields.map((field) => [field, input[field]]));
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    await services.license.updateCompanyDetails(caller.organization.licenseId, given, enrich);
    return {};
  },
});
