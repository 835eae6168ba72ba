import { around } from './gallery_around.ts';
import { device } from './gallery_device.ts';
import { entrance } from './gallery_entrance.ts';
import { factors } from './gallery_factors.ts';
import { account, authorize } from './gallery_inside.ts';
import { people } from './gallery_people.ts';
import type { GalleryEntry } from './gallery_samples.ts';
import { singleSignOn } from './gallery_single_sign_on.ts';

/** Every page in every state worth looking at. */
export const gallery: readonly GalleryEntry[] = [
  ...entrance,
  ...singleSignOn,
  ...authorize,
  ...device,
  ...account,
  ...factors,
  ...people,
  ...around,
];
