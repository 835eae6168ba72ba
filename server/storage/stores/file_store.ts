import type { FileStore, FileUseVerbs } from '../../domain/files/file_store.ts';
import type { FileState, StoredFile } from '../../domain/files/records.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { FileTables } from '../tables/files.ts';

type Row = FileTables['files'];
type Key = { licenseId: number; key: number };

const knowUsage = statement<{ licenseId: number }, unknown>((db, p) =>
  db
    .insertInto('file_usage')
    .values({ license_id: p.licenseId, bytes: 0 })
    .onConflict((conflict) => conflict.column('license_id').doNothing()),
);

/** One conditional statement, so that two uploads cannot both take the last room. */
const takeRoom = statement<{ licenseId: number; bytes: number; quota: number }, unknown>((db, p) =>
  db
    .updateTable('file_usage')
    .set((eb) => ({ bytes: eb('bytes', '+', p.bytes) }))
    .where('license_id', '=', p.licenseId)
    .where((eb) => eb(eb('bytes', '+', p.bytes), '<=', p.quota)),
);

const giveRoom = statement<{ licenseId: number; bytes: number }, unknown>((db, p) =>
  db
    .updateTable('file_usage')
    .set((eb) => ({ bytes: eb('bytes', '-', p.bytes) }))
    .where('license_id', '=', p.licenseId),
);

const readUsage = statement<{ licenseId: number }, { bytes: number }>((db, p) =>
  db.selectFrom('file_usage').select('bytes').where('license_id', '=', p.licenseId),
);

const insertFile = statement<Row, unknown>((db, p) =>
  db.insertInto('files').values({
    license_id: p.license_id,
    file_key: p.file_key,
    secret: p.secret,
    name: p.name,
    content_type: p.content_type,
    size: p.size,
    width: p.width,
    height: p.height,
    uploaded_by: p.uploaded_by,
    created_at: p.created_at,
    state: p.state,
    used_at: p.used_at,
  }),
);

const setStored = statement<Key, unknown>((db, p) =>
  db
    .updateTable('files')
    .set({ state: 'stored' })
    .where('license_id', '=', p.licenseId)
    .where('file_key', '=', p.key)
    .where('state', '=', 'arriving'),
);

const readFile = statement<Key, Row>((db, p) =>
  db.selectFrom('files').selectAll().where('license_id', '=', p.licenseId).where('file_key', '=', p.key),
);

const setUsed = statement<Key & { at: number; since: number }, unknown>((db, p) =>
  db
    .updateTable('files')
    .set((eb) => ({ used_at: eb.fn.coalesce('used_at', eb.val(p.at)) }))
    .where('license_id', '=', p.licenseId)
    .where('file_key', '=', p.key)
    .where('state', '=', 'stored')
    .where((eb) => eb.or([eb('used_at', 'is not', null), eb('created_at', '>', p.since)])),
);

const unused = statement<{ before: number; limit: number }, Row>((db, p) =>
  db
    .selectFrom('files')
    .selectAll()
    .where('used_at', 'is', null)
    .where('created_at', '<=', p.before)
    .orderBy('created_at')
    .limit(p.limit),
);

const setDoomed = statement<Key, unknown>((db, p) =>
  db
    .updateTable('files')
    .set({ state: 'doomed' })
    .where('license_id', '=', p.licenseId)
    .where('file_key', '=', p.key)
    .where('used_at', 'is', null),
);

const deleteFile = statement<Key, unknown>((db, p) =>
  db
    .deleteFrom('files')
    .where('license_id', '=', p.licenseId)
    .where('file_key', '=', p.key)
    .where('state', '=', 'doomed'),
);

/** The files of all organizations; every verb but the purge's names one. */
export function createFileStore(session: Session): FileStore {
  return {
    async reserve(file, quota) {
      const { licenseId } = file;
      await session.run(knowUsage, { licenseId });
      if ((await session.run(takeRoom, { licenseId, bytes: file.size, quota })) === 0) return false;
      await session.run(insertFile, fromFile(file));
      return true;
    },
    async markStored({ licenseId, key }) {
      await session.run(setStored, { licenseId, key });
    },
    async file({ licenseId, key }) {
      const row = await session.first(readFile, { licenseId, key });
      return row && toFile(row);
    },
    async usage(licenseId) {
      return (await session.first(readUsage, { licenseId }))?.bytes ?? 0;
    },
    async doom(before, limit) {
      const doomed: StoredFile[] = [];
      for (const row of await session.all(unused, { before, limit })) {
        const file = toFile(row);
        if ((await session.run(setDoomed, { licenseId: file.licenseId, key: file.key })) > 0)
          doomed.push({ ...file, state: 'doomed' });
      }
      return doomed;
    },
    async remove({ licenseId, key }) {
      const row = await session.first(readFile, { licenseId, key });
      if (!row || (await session.run(deleteFile, { licenseId, key })) === 0) return;
      await session.run(giveRoom, { licenseId, bytes: row.size });
    },
  };
}

export function fileUseVerbs(session: Session, licenseId: number): FileUseVerbs {
  return {
    claimFile: async (key, at, since) => (await session.run(setUsed, { licenseId, key, at, since })) > 0,
  };
}

function fromFile(file: StoredFile): Row {
  return {
    license_id: file.licenseId,
    file_key: file.key,
    secret: file.secret,
    name: file.name,
    content_type: file.contentType,
    size: file.size,
    width: file.image?.width ?? null,
    height: file.image?.height ?? null,
    uploaded_by: file.uploadedBy,
    created_at: file.createdAt,
    state: file.state,
    used_at: file.usedAt,
  };
}

function toFile(row: Row): StoredFile {
  return {
    licenseId: row.license_id,
    key: row.file_key,
    secret: row.secret,
    name: row.name,
    contentType: row.content_type,
    size: row.size,
    image: row.width === null || row.height === null ? null : { width: row.width, height: row.height },
    uploadedBy: row.uploaded_by,
    createdAt: row.created_at,
    state: row.state as FileState,
    usedAt: row.used_at,
  };
}
