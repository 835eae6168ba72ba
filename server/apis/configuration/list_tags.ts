import Type from 'typebox';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { groupIds } from '../../wire/access.ts';
import { timestamp } from '../../wire/page.ts';
import { agentMethod } from '../registry/method.ts';
import { tagEditor } from './tag_editor.ts';

export const listTags = agentMethod({
  api: 'configuration',
  name: 'list_tags',
  summary: 'List the tags of the organization, by name.',
  description: 'With `tags--groups:ro`, those of groups that you are in, and of group `0`.',
  scopes: ['tags--all:ro', 'tags--groups:ro'],
  input: Type.Object({ filters: Type.Optional(Type.Object({ group_ids: groupIds })) }),
  output: Type.Array(
    Type.Object({
      name: Type.String(),
      group_ids: Type.Array(Type.Integer()),
      author_id: Type.String({ description: 'The agent who created it.' }),
      created_at: timestamp,
    }),
  ),
  example: { filters: { group_ids: [0] } },
  source: 'management/configuration-api#list-tags',
  async handler(context) {
    const { filters } = context.input;
    const tags = await context.services.tags.list(tagEditor(context), filters?.group_ids);
    return tags.map((tag) => ({
      name: tag.name,
      group_ids: [...tag.groupIds],
      author_id: tag.authorId,
      created_at: formatTimestamp(tag.createdAt),
    }));
  },
});
