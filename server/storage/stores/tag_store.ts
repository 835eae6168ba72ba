import type { Tag, TagStore } from '../../domain/tags/tag_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { LicenseTables } from '../tables/license.ts';

type TagRow = LicenseTables['tags'];

const tagRows = statement<{ licenseId: number }, TagRow>((db, p) =>
  db.selectFrom('tags').selectAll().where('license_id', '=', p.licenseId).orderBy('folded'),
);

const tagRow = statement<{ licenseId: number; folded: string }, TagRow>((db, p) =>
  db.selectFrom('tags').selectAll().where('license_id', '=', p.licenseId).where('folded', '=', p.folded),
);

const anyTag = statement<{ licenseId: number }, Pick<TagRow, 'folded'>>((db, p) =>
  db.selectFrom('tags').select('folded').where('license_id', '=', p.licenseId).limit(1),
);

/** Tags of organizations, on one read or one unit of work. */
export function createTagStore(session: Session): TagStore {
  return {
    async tags(licenseId) {
      return (await session.all(tagRows, { licenseId })).map(toTag);
    },
    async tag(licenseId, folded) {
      const [row] = await session.all(tagRow, { licenseId, folded });
      return row && toTag(row);
    },
    async hasTags(licenseId) {
      return (await session.all(anyTag, { licenseId })).length > 0;
    },
    async addTag(licenseId, folded, tag) {
      const added = await session.execute((db) =>
        db
          .insertInto('tags')
          .values({
            license_id: licenseId,
            folded,
            name: tag.name,
            group_ids: JSON.stringify(tag.groupIds),
            author_id: tag.authorId,
            created_at: tag.createdAt,
          })
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async changeTag(licenseId, folded, tag) {
      const changed = await session.execute((db) =>
        db
          .updateTable('tags')
          .set({ folded: tag.folded, name: tag.name, group_ids: JSON.stringify(tag.groupIds) })
          .where('license_id', '=', licenseId)
          .where('folded', '=', folded),
      );
      return changed === 1;
    },
    async removeTag(licenseId, folded) {
      const removed = await session.execute((db) =>
        db.deleteFrom('tags').where('license_id', '=', licenseId).where('folded', '=', folded),
      );
      return removed === 1;
    },
  };
}

function toTag(row: TagRow): Tag {
  return {
    name: row.name,
    groupIds: JSON.parse(row.group_ids) as number[],
    authorId: row.author_id,
    createdAt: row.created_at,
  };
}
