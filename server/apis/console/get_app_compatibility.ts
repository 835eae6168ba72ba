import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf } from './caller_facts.ts';
import { presentCompatibilityUses } from './present_insight.ts';
import { AppId, CompatibilityUses } from './schemas.ts';

export const getAppCompatibility = consoleMethod({
  name: 'get_app_compatibility',
  summary: 'Read what an app used in the last 30 days that the strict profile would refuse',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps/:app_id/compatibility' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: Type.Object({ features: CompatibilityUses }),
  errors: ['not_found'],
  handler: async ({ services, caller, input }) => {
    const { licenseId } = caller.organization;
    const { client } = await services.apps.get(licenseId, appIdOf(input));
    const uses = client ? await services.insight.uses.recent(licenseId, client.clientId) : [];
    return { features: presentCompatibilityUses(uses) };
  },
});
