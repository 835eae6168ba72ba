import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Storage, Stores } from '../storage.ts';
import { type Picture, type PictureAddress, pictureUrl } from './records.ts';

const MOST_BYTES = 1024 * 1024;
/** Pixels of each side (docs: global-accounts-api#AccountOrganizationSettings). */
const LEAST_SIDE = 50;
const MOST_SIDE = 1024;
const LONGEST_URL = 255;

/** Cuts a picture to the square in its middle. Undefined for what is no whole picture. */
export type CropSquare = (
  bytes: Uint8Array,
) => Promise<{ width: number; height: number; format: string; square: Picture } | undefined>;

/** Pictures of people, one for each organization that they are in. */
export interface MemberPictures {
  /** @throws GatehouseError `validation` for what is no PNG or JPEG of 50 to 1024 pixels, or has more than 1 MB */
  upload(licenseId: number, accountId: string, bytes: Uint8Array): Promise<void>;
  /** An address elsewhere; null takes the picture away. @throws GatehouseError `validation` */
  setUrl(licenseId: number, accountId: string, url: string | null): Promise<void>;
  /** Where it is shown from; null where there is none. */
  addressOf(picture: PictureAddress | undefined): string | null;
  of(licenseId: number, accountId: string): Promise<string | null>;
  picture(id: string): Promise<Picture | undefined>;
}

export function memberPictures(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  settings: { publicUrl: string };
  cropSquare: CropSquare;
  changed(licenseId: number): void;
}): MemberPictures {
  const { storage, clock } = deps;

  async function change(licenseId: number, work: (stores: Stores) => Promise<void>): Promise<void> {
    await storage.write(work);
    deps.changed(licenseId);
  }

  const fresh = () => ({ id: deps.identifiers.uuid(), createdAt: clock.now() });

  const addressOf = (picture: PictureAddress | undefined) => pictureUrl(deps.settings.publicUrl, picture);

  return {
    addressOf,
    of: async (licenseId, accountId) =>
      addressOf(await storage.read.accounts.pictureOf(licenseId, accountId)),
    picture: (id) => storage.read.accounts.picture(id),

    async upload(licenseId, accountId, bytes) {
      if (bytes.length > MOST_BYTES)
        throw refuse(
          'avatar',
          `The picture has ${Math.ceil(bytes.length / 1024)} KB; at most 1 MB is taken.`,
        );
      const read = await deps.cropSquare(bytes);
      if (!read || (read.format !== 'png' && read.format !== 'jpeg'))
        throw refuse('avatar', 'This file is no whole PNG or JPEG picture.');
      const { width, height } = read;
      if (Math.min(width, height) < LEAST_SIDE || Math.max(width, height) > MOST_SIDE)
        throw refuse(
          'avatar',
          `The picture is ${width} × ${height} pixels; each side should have ${LEAST_SIDE} to ${MOST_SIDE}.`,
        );
      await change(licenseId, (stores) =>
        stores.accounts.putPicture(licenseId, accountId, { ...fresh(), ...read.square }),
      );
    },

    async setUrl(licenseId, accountId, url) {
      if (url === null) {
        await change(licenseId, (stores) => stores.accounts.removePicture(licenseId, accountId));
        return;
      }
      if (url.length > LONGEST_URL || !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
        throw refuse(
          'avatar_url',
          `It should be an address that begins with https:// and has at most ${LONGEST_URL} characters, or null.`,
        );
      // Whoever sends back what they were told changes nothing.
      if (url === addressOf(await storage.read.accounts.pictureOf(licenseId, accountId))) return;
      await change(licenseId, (stores) =>
        stores.accounts.putPicture(licenseId, accountId, { ...fresh(), url }),
      );
    },
  };
}

function refuse(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `\`${field}\`: ${message}`, { fields: [{ field, message }] });
}
