import Type from 'typebox';
import type { AgentMethod, CustomerMethod } from '../registry/method.ts';
import { consoleMethod } from '../registry/method.ts';
import { presentInspected } from './present_token.ts';
import { InspectedToken } from './token_schemas.ts';

/** @param methods what this server answers; read at each call */
export function inspectToken(methods: () => readonly (AgentMethod | CustomerMethod)[]) {
  return consoleMethod({
    name: 'inspect_token',
    summary: 'Say what a pasted code or token is, whether it works, and if not, why',
    description:
      'Takes a code, an access, refresh, customer, bot or personal access token, in whatever spelling it is met: with `Bearer`, with `%3A`, as HTTP Basic, within an address. What is pasted is neither kept nor logged. Of a token of another organization no more is told than that.',
    access: 'developer',
    // By POST, so that it stands in no address.
    http: { method: 'POST', path: '/console/api/token_inspections' },
    input: Type.Object(
      { pasted: Type.String({ maxLength: 8_192, description: 'The token, or what it was found in.' }) },
      { additionalProperties: false },
    ),
    output: InspectedToken,
    handler: async ({ services, caller, input }) => {
      const { licenseId } = caller.organization;
      const { accountId } = caller;
      const inspected = await services.grants.debug.inspect({ licenseId, accountId }, input.pasted);
      return presentInspected(services, caller.organization.licenseId, inspected, methods());
    },
  });
}
