import type { AccountStore } from '../../domain/accounts/account_store.ts';
import type { PictureAddress } from '../../domain/accounts/records.ts';
import type { Session } from '../engine/database.ts';

type PictureQueries = Pick<
  AccountStore,
  'pictureOf' | 'pictures' | 'picture' | 'putPicture' | 'removePicture'
>;

/** Pictures of people, each for one organization. */
export function pictureQueries(session: Session): PictureQueries {
  return {
    async pictureOf(licenseId, accountId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('member_pictures')
          .select(['id', 'url'])
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId),
      );
      return row && toAddress(row.id, row.url);
    },
    async pictures(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('member_pictures')
          .select(['account_id', 'id', 'url'])
          .where('license_id', '=', licenseId),
      );
      return new Map(rows.map((row) => [row.account_id, toAddress(row.id, row.url)]));
    },
    async picture(id) {
      const [row] = await session.query((db) =>
        db.selectFrom('member_pictures').select(['media_type', 'bytes']).where('id', '=', id),
      );
      if (!row || row.media_type === null || row.bytes === null) return undefined;
      return { mediaType: row.media_type, bytes: row.bytes };
    },
    async putPicture(licenseId, accountId, picture) {
      const isHere = 'bytes' in picture;
      const values = {
        id: picture.id,
        url: isHere ? null : picture.url,
        media_type: isHere ? picture.mediaType : null,
        bytes: isHere ? picture.bytes : null,
        created_at: picture.createdAt,
      };
      await session.execute((db) =>
        db
          .insertInto('member_pictures')
          .values({ license_id: licenseId, account_id: accountId, ...values })
          .onConflict((conflict) => conflict.columns(['license_id', 'account_id']).doUpdateSet(values)),
      );
    },
    async removePicture(licenseId, accountId) {
      await session.execute((db) =>
        db
          .deleteFrom('member_pictures')
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId),
      );
    },
  };
}

export function toAddress(id: string, url: string | null): PictureAddress {
  return url === null ? { id } : { url };
}
