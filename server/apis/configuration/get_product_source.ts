import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';

export const getProductSource = agentMethod({
  api: 'configuration',
  name: 'get_product_source',
  summary: 'Read how the organization came here.',
  description: 'Of an organization that was not made by signing up, every part is empty.',
  scopes: [],
  input: Type.Object({}),
  output: Type.Object({ source_id: Type.String(), source_type: Type.String(), source_url: Type.String() }),
  example: {},
  source: 'management/configuration-api#get-product-source',
  async handler({ caller, services }) {
    const source = await services.license.productSource(caller.organization.licenseId);
    return {
      source_id: source?.id ?? '',
      source_type: source?.type ?? '',
      source_url: source?.url ?? '',
    };
  },
});
