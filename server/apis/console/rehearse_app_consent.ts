import Type from 'typebox';
import { registered } from '../../domain/grants/authorization.ts';
import { rehearsalParts, rehearsalPerson, rehearseConsent } from '../../oauth/consent_rehearsal.ts';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf } from './caller_facts.ts';
import { AppId } from './schemas.ts';

const Part = Type.Object({
  as: Type.Enum([...rehearsalParts]),
  outcome: Type.Enum(['asked', 'trusted', 'refused'], {
    description: '`trusted`: the app gets its scopes without a question, unless it sends `prompt=consent`.',
  }),
  message: Type.Union([Type.String({ description: 'Why it is refused.' }), Type.Null()]),
  scopes: Type.Array(Type.String(), { description: 'What would be granted.' }),
  dropped: Type.Array(Type.String(), { description: 'Optional scopes that the role does not allow.' }),
});

export const rehearseAppConsent = consoleMethod({
  name: 'rehearse_app_consent',
  summary: 'Say whether people of each role, and of another organization, would be asked, and for what',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps/:app_id/consent_rehearsal' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: Type.Object({ parts: Type.Array(Part) }),
  errors: ['not_found'],
  handler: async ({ services, caller, input }) => {
    const { client } = await services.apps.get(caller.organization.licenseId, appIdOf(input));
    const known = client && (await services.apps.client(client.clientId));
    if (!known) return { parts: [] };
    const rules = registered(known);
    const parts = rehearsalParts.map((as) => {
      const step = rehearseConsent(rules, rehearsalPerson(rules, as));
      if (!step.ok)
        return { as, outcome: 'refused' as const, message: step.problem.check, scopes: [], dropped: [] };
      const { asked, scopes, dropped } = step.value;
      const outcome = asked ? ('asked' as const) : ('trusted' as const);
      return { as, outcome, message: null, scopes: [...scopes.ids], dropped: [...dropped.ids] };
    });
    return { parts };
  },
});
