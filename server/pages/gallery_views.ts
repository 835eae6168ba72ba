import { around } from './gallery_around.ts';
import { entrance } from './gallery_entrance.ts';
import { account, authorize } from './gallery_inside.ts';
import type { GalleryEntry } from './gallery_samples.ts';

/** Every page in every state worth looking at. */
export const gallery: readonly GalleryEntry[] = [...entrance, ...authorize, ...account, ...around];
