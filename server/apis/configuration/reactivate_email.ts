import Type from 'typebox';
import { agentId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';

export const reactivateEmail = agentMethod({
  api: 'configuration',
  name: 'reactivate_email',
  summary: 'Send mail to an agent again whose address refused it.',
  description:
    'Where a mail server refuses an address for good, nothing more is sent to it. What waits goes out again. An address ' +
    'that takes mail stays as it is.',
  scopes: ['agents--all:rw'],
  input: Type.Object({ agent_id: agentId }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { agent_id: 'ada@example.com' },
  source: 'management/configuration-api#reactivate-email',
  async handler({ caller, input, services }) {
    await services.license.reactivateEmail(caller.organization.licenseId, input.agent_id);
    return {};
  },
});
