import { createTag } from './create_tag.ts';
import { deleteTag } from './delete_tag.ts';
import { listTags } from './list_tags.ts';
import { updateTag } from './update_tag.ts';

/** The words that threads are tagged with. */
export const tagMethods = [createTag, listTags, updateTag, deleteTag] as const;
