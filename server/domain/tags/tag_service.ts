import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { foldedName } from '../../kernel/names.ts';
import type { Storage, Stores } from '../storage.ts';
import {
  MOST_TAGS,
  needOwnGroups,
  noTag,
  readTagGroups,
  readTagName,
  seesTag,
  type TagAdvice,
  type TagEditor,
} from './tag_rules.ts';
import type { Tag } from './tag_store.ts';

export interface TagChange {
  newName?: string | undefined;
  groupIds?: readonly number[] | undefined;
}

/**
 * The words that threads are tagged with.
 * @throws GatehouseError `validation`, `missing_access`, `group_not_found`; `not_found` where a tag is named that is
 *   not there, upper and lower case told apart
 */
export interface TagService {
  /** @throws GatehouseError `already_exists` in whatever case and Unicode form, `limit_reached` */
  create(editor: TagEditor, name: string, groupIds: readonly number[]): Promise<void>;
  /** What is left out stays. Threads keep the words that they were tagged with. */
  update(editor: TagEditor, name: string, change: TagChange): Promise<void>;
  delete(editor: TagEditor, name: string): Promise<void>;
  /** By name; those of some groups, where they are named. */
  list(editor: TagEditor, groupIds?: readonly number[] | undefined): Promise<Tag[]>;
}

export function createTagService(deps: {
  storage: Storage;
  clock: Clock;
  /** The ids of an organization's groups. */
  groupsOf(licenseId: number): Promise<number[]>;
}): TagService {
  const { storage, clock, groupsOf } = deps;

  /** One after the other: there is a bound to their number, and two changes of one shall not mix. */
  function change(editor: TagEditor, unit: (stores: Stores) => Promise<void>): Promise<void> {
    return storage.write(async (stores) => {
      await stores.people.lockOrganization(editor.licenseId);
      await unit(stores);
    });
  }

  async function named({ tags }: Stores, { licenseId, ownGroups }: TagEditor, name: string): Promise<Tag> {
    const found = await tags.tag(licenseId, foldedName(name));
    // As for one that is not there: whoever may not see a tag does not learn of it.
    if (!found || found.name !== name || !seesTag(found, ownGroups))
      throw noTag(name, found && seesTag(found, ownGroups) ? found : undefined);
    return found;
  }

  return {
    async create(editor, wanted, groups) {
      const { licenseId, agentId } = editor;
      const name = readTagName(wanted);
      const groupIds = readTagGroups(groups, await groupsOf(licenseId));
      needOwnGroups(editor, [], groupIds);
      await change(editor, async ({ tags }) => {
        const taken = await tags.tag(licenseId, foldedName(name));
        if (taken) throw nameTaken(taken.name, seesTag(taken, editor.ownGroups));
        if ((await tags.tags(licenseId)).length >= MOST_TAGS)
          throw new GatehouseError(
            'limit_reached',
            `An organization can have ${MOST_TAGS} tags. Delete one first.`,
          );
        await tags.addTag(licenseId, foldedName(name), {
          name,
          groupIds,
          authorId: agentId,
          createdAt: clock.now(),
        });
      });
    },

    async update(editor, name, { newName, groupIds: wanted }) {
      const { licenseId } = editor;
      const next = newName === undefined ? undefined : readTagName(newName, 'new_name');
      const groups = wanted && readTagGroups(wanted, await groupsOf(licenseId));
      await change(editor, async (stores) => {
        const { tags } = stores;
        const tag = await named(stores, editor, name);
        const groupIds = groups ?? tag.groupIds;
        needOwnGroups(editor, tag.groupIds, groupIds);
        if (next !== undefined && next !== name) {
          // Another name is one for all its groups.
          needOwnGroups(editor, tag.groupIds, []);
          const taken =
            foldedName(next) === foldedName(name) ? undefined : await tags.tag(licenseId, foldedName(next));
          if (taken) throw nameTaken(taken.name, seesTag(taken, editor.ownGroups));
        }
        await tags.changeTag(licenseId, foldedName(name), {
          folded: foldedName(next ?? name),
          name: next ?? name,
          groupIds,
        });
      });
    },

    delete: (editor, name) =>
      change(editor, async (stores) => {
        const tag = await named(stores, editor, name);
        needOwnGroups(editor, tag.groupIds, []);
        await stores.tags.removeTag(editor.licenseId, foldedName(name));
      }),

    async list({ licenseId, ownGroups }, groupIds) {
      return (await storage.read.tags.tags(licenseId)).filter(
        (tag) =>
          seesTag(tag, ownGroups) &&
          (groupIds === undefined || tag.groupIds.some((id) => groupIds.includes(id))),
      );
    },
  };
}

/** @param seen the caller may know how the other one is written */
function nameTaken(name: string, seen: boolean): GatehouseError {
  return new GatehouseError(
    'already_exists',
    seen
      ? `There is a tag "${name}" already; upper and lower case do not make another one.`
      : 'Another group has a tag of this name. Whoever holds tags--all:rw can give it to your group, too.',
    { fields: [{ field: 'name', message: 'Another tag has it.' }] },
  );
}

/** What an organization says about a word that is to be a thread's tag. */
export async function adviseTag(
  { tags }: Pick<Stores, 'tags'>,
  licenseId: number,
  tag: string,
): Promise<TagAdvice> {
  const found = await tags.tag(licenseId, foldedName(tag));
  if (found?.name === tag) return { kind: 'known', groupIds: found.groupIds };
  if (found) return { kind: 'unknown', similar: found.name };
  return (await tags.hasTags(licenseId)) ? { kind: 'unknown', similar: undefined } : { kind: 'free' };
}

/** Part of a unit of work that deletes a group: tags are not for it any more. */
export async function takeTagsFromGroup(
  { tags }: Pick<Stores, 'tags'>,
  licenseId: number,
  groupId: number,
): Promise<void> {
  for (const tag of await tags.tags(licenseId)) {
    if (!tag.groupIds.includes(groupId)) continue;
    const folded = foldedName(tag.name);
    const groupIds = tag.groupIds.filter((id) => id !== groupId);
    await tags.changeTag(licenseId, folded, { folded, name: tag.name, groupIds });
  }
}
