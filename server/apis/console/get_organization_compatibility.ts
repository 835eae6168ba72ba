import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { presentCompatibilityUses } from './present_insight.ts';
import { CompatibilityUses } from './schemas.ts';

export const getOrganizationCompatibility = consoleMethod({
  name: 'get_organization_compatibility',
  summary: 'Read which apps used something in the last 30 days that the strict profile would refuse',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/organization/compatibility' },
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({
    apps: Type.Array(
      Type.Object({ app_id: Type.String(), name: Type.String(), features: CompatibilityUses }),
    ),
  }),
  handler: async ({ services, caller }) => {
    const uses = await services.insight.uses.recent(caller.organization.licenseId);
    const byClient = Map.groupBy(uses, ({ clientId }) => clientId);
    const apps = await Promise.all(
      [...byClient].map(async ([clientId, own]) => {
        const known = await services.apps.client(clientId);
        // An app that was deleted, or that is strict by now, has nothing left to lose.
        if (!known || known.client.profile === 'strict') return [];
        return [{ app_id: known.app.id, name: known.app.name, features: presentCompatibilityUses(own) }];
      }),
    );
    return { apps: apps.flat().sort((a, b) => a.name.localeCompare(b.name)) };
  },
});
