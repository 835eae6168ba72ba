import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { agentMethod } from '../registry/method.ts';
import { checkOwnGroup } from './reach.ts';

export const deleteGroup = agentMethod({
  api: 'configuration',
  name: 'delete_group',
  summary: 'Delete a group.',
  description:
    'Group 0 stays, and so does the last group of any agent. Its open chats belong to their other groups from then on, or to everybody; they stay with their agents, or in the queue. With `groups--my:rw`, a group that you are in.',
  scopes: ['groups--all:rw', 'groups--my:rw'],
  input: Type.Object({ id: groupId }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  source: 'management/configuration-api#delete-group',
  async handler({ caller, input, services, reach }) {
    const { licenseId } = caller.organization;
    if (reach === 'my') checkOwnGroup(caller, input.id, 'groups--all:rw');
    await services.team.deleteGroup(licenseId, input.id);
    return {};
  },
});
