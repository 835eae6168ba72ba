import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { tagEditor, tagName, tagWriteScopes } from './tag_editor.ts';

export const deleteTag = agentMethod({
  api: 'configuration',
  name: 'delete_tag',
  summary: 'Delete a tag.',
  description:
    'The tag is named as it is written: upper and lower case differ. Threads that have it keep it. With ' +
    '`tags--groups:rw`, a tag that is of your own groups alone.',
  scopes: tagWriteScopes,
  input: Type.Object({ name: tagName }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { name: 'docs feedback' },
  source: 'management/configuration-api#delete-tag',
  async handler(context) {
    await context.services.tags.delete(tagEditor(context), context.input.name);
    return {};
  },
});
