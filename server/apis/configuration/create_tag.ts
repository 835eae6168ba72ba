import Type from 'typebox';
import { groupIds } from '../../wire/access.ts';
import { agentMethod } from '../registry/method.ts';
import { tagEditor, tagName, tagWriteScopes } from './tag_editor.ts';

export const createTag = agentMethod({
  api: 'configuration',
  name: 'create_tag',
  summary: 'Create a tag.',
  description:
    'Names differ from each other, in whatever case. A tag is for threads of its groups; one of group `0` for all, one ' +
    'without groups for none yet. With `tags--groups:rw`, for groups that you are in. An organization can have 2000 tags.',
  scopes: tagWriteScopes,
  input: Type.Object({ name: tagName, group_ids: Type.Optional(groupIds) }),
  output: Type.Object({}),
  errors: ['already_exists', 'group_not_found', 'missing_access', 'limit_reached'],
  example: { name: 'docs feedback', group_ids: [0] },
  source: 'management/configuration-api#create-tag',
  async handler(context) {
    const { name, group_ids: groups = [] } = context.input;
    await context.services.tags.create(tagEditor(context), name, groups);
    return {};
  },
});
