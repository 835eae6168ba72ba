import Type from 'typebox';
import { limitedResources, plans } from '../../domain/license/plans.ts';
import { agentMethod } from '../registry/method.ts';

export const checkProductLimitsForPlan = agentMethod({
  api: 'configuration',
  name: 'check_product_limits_for_plan',
  summary: 'List of what there is more than a plan allows.',
  description:
    '`limit_balance` is how many are too many, `id` the agent or group that it concerns. The plan that is in force is a ' +
    'setting of the server, `PLAN`.',
  scopes: ['subscription.lc:rw'],
  input: Type.Object({ plan: Type.Enum([...plans]) }),
  output: Type.Array(
    Type.Object({
      resource: Type.Enum([...limitedResources]),
      limit_balance: Type.Integer(),
      id: Type.Optional(Type.String()),
    }),
  ),
  example: { plan: 'starter' },
  source: 'management/configuration-api#check-product-limits-for-plan',
  async handler({ caller, input, services }) {
    const excess = await services.license.excess(caller.organization.licenseId, input.plan);
    return excess.map(({ over, ...what }) => ({ ...what, limit_balance: over }));
  },
});
