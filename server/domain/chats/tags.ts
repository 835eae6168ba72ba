import { GatehouseError } from '../../kernel/errors.ts';
import { NUL_MESSAGE } from '../properties/property_rules.ts';
import { needTagFor } from '../tags/tag_rules.ts';
import type { AgentActor } from './actors.ts';
import type { Thread } from './chat.ts';
import type { ChatDeps } from './deps.ts';
import { holdThread } from './held_chat.ts';
import { signalled } from './signals.ts';

export interface TagInput {
  chat_id: string;
  thread_id: string;
  /** Upper and lower case differ. */
  tag: string;
}

/** A thread with more is one that nobody finds by them. */
export const TAGS_LIMIT = 50;

/**
 * @returns the tags with the new one; the same list when it was there
 * @throws GatehouseError `limit_reached`, `validation`
 */
export function withTag(tags: readonly string[], tag: string): readonly string[] {
  const problem = tag.trim() === '' ? 'is empty.' : tag.includes('\u0000') ? NUL_MESSAGE : undefined;
  if (problem)
    throw new GatehouseError('validation', `tag: ${problem}`, {
      fields: [{ field: 'tag', message: problem }],
    });
  if (tags.includes(tag)) return tags;
  if (tags.length >= TAGS_LIMIT)
    throw new GatehouseError(
      'limit_reached',
      `This thread has ${tags.length} tags; ${TAGS_LIMIT} is the most. Untag one first.`,
    );
  return [...tags, tag];
}

/** @throws GatehouseError `not_found` */
export function withoutTag(tags: readonly string[], tag: string): readonly string[] {
  if (tags.includes(tag)) return tags.filter((one) => one !== tag);
  const other = tags.find((one) => one.toLowerCase() === tag.toLowerCase());
  const hint = other === undefined ? '' : ` It has "${other}": upper and lower case differ.`;
  throw new GatehouseError('not_found', `This thread has no tag "${tag.slice(0, 80)}".${hint}`);
}

/**
 * Puts a tag on a thread, open or closed. A tag that is there already changes nothing, also one that the organization
 * has deleted since.
 */
export function tagThread(deps: ChatDeps) {
  return async (actor: AgentActor, input: TagInput): Promise<void> => {
    const advice = await deps.adviseTag(actor.licenseId, input.tag);
    await changeTags(
      deps,
      (tags, tag, { access }) => {
        const next = withTag(tags, tag);
        if (next !== tags) needTagFor(advice, tag, access);
        return next;
      },
      'thread_tagged',
    )(actor, input);
  };
}

export function untagThread(deps: ChatDeps) {
  return changeTags(deps, withoutTag, 'thread_untagged');
}

function changeTags(
  deps: ChatDeps,
  change: (tags: readonly string[], tag: string, thread: Thread) => readonly string[],
  type: 'thread_tagged' | 'thread_untagged',
) {
  return (actor: AgentActor, input: TagInput): Promise<void> =>
    holdThread(deps, actor, input, async ({ store, chat, thread, signal }) => {
      const tags = change(thread.tags, input.tag, thread);
      if (tags === thread.tags) return;
      await store.saveThread({ ...thread, tags: [...tags] });
      signal({ type, chat: signalled(chat, thread), tag: input.tag });
    });
}
