import Type from 'typebox';
import { groupIds } from '../../wire/access.ts';
import { agentMethod } from '../registry/method.ts';
import { tagEditor, tagName, tagWriteScopes } from './tag_editor.ts';

export const updateTag = agentMethod({
  api: 'configuration',
  name: 'update_tag',
  summary: 'Change the groups of a tag, or its name.',
  description:
    'What is left out stays. The tag is named as it is written: upper and lower case differ. Threads keep the words that ' +
    'they were tagged with. With `tags--groups:rw`, groups that you are in come and go, and the others stay.',
  scopes: tagWriteScopes,
  input: Type.Object({
    name: tagName,
    group_ids: Type.Optional(groupIds),
    new_name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 255, description: 'Not of LiveChat: renames the tag.' }),
    ),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'already_exists', 'group_not_found', 'missing_access'],
  example: { name: 'docs feedback', group_ids: [0] },
  source: 'management/configuration-api#update-tag',
  async handler(context) {
    const { name, group_ids: groups, new_name: newName } = context.input;
    await context.services.tags.update(tagEditor(context), name, { newName, groupIds: groups });
    return {};
  },
});
