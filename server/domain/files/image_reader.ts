import type { Sharp, SharpOptions } from 'sharp';
import { boundedQueue } from '../../kernel/bounded_queue.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { CropSquare } from '../accounts/pictures.ts';
import { THUMBNAILS, type ThumbnailName } from './records.ts';

/** Fifty million pixels: more than cameras make, and 200 MB when unpacked. */
const MOST_PIXELS = 50_000_000;
/** Seconds. */
const PATIENCE = 10;
/** A megabyte of PNG can unpack to very many. */
const MOST_CROPPED = 16_000_000;
const CONCURRENT = 2;
const WAITING = 32;

export interface ReadImage {
  width: number;
  height: number;
  thumbnails: { name: ThumbnailName; bytes: Uint8Array }[];
}

export interface ImageReader {
  /**
   * Measures an image and makes its thumbnails.
   * @param format as the first bytes say; nothing else is tried
   * @returns undefined for what begins like an image and is none
   * @throws GatehouseError `validation` for one that unpacks to more pixels than any picture has,
   *   `service_unavailable` when too many wait
   */
  read(path: string, format: string): Promise<ReadImage | undefined>;
}

/** Loaded for the first image. Its decoders are closed but for four, so that no SVG or PDF is ever rendered. */
async function load(): Promise<(source: string | Uint8Array, options: SharpOptions) => Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Png', 'Jpeg', 'Nsgif', 'Webp'].flatMap((format) => [
      `VipsForeignLoad${format}File`,
      `VipsForeignLoad${format}Buffer`,
    ]),
  });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

/** Reads images beside the event loop, two at once. */
export function imageReader(): ImageReader {
  let library: ReturnType<typeof load> | undefined;
  const queue = boundedQueue({
    concurrent: CONCURRENT,
    waiting: WAITING,
    busy: 'Too many images are coming in. Please try again.',
  });

  async function measure(
    open: () => Sharp,
    format: string,
  ): Promise<Omit<ReadImage, 'thumbnails'> | undefined> {
    const found = await open()
      .metadata()
      .catch(() => undefined);
    if (!found || found.format !== format) return undefined;
    const { width, height, orientation = 1 } = found;
    // From 5 on, a camera was held on its side (Exif 2.3, 4.6.4).
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  }

  return {
    read: (path, format) =>
      queue.run(async () => {
        library ??= load();
        const sharp = await library;
        const open = () => sharp(path, { limitInputPixels: false, failOn: 'error', sequentialRead: true });
        const size = await measure(open, format);
        if (!size) return undefined;
        if (size.width * size.height > MOST_PIXELS) throw tooManyPixels(size);
        try {
          const thumbnails: ReadImage['thumbnails'] = [];
          for (const [name, side] of Object.entries(THUMBNAILS))
            thumbnails.push({
              name: name as ThumbnailName,
              bytes: await sharp(path, {
                limitInputPixels: MOST_PIXELS,
                failOn: 'error',
                sequentialRead: true,
              })
                .rotate()
                .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
                .webp({ quality: 80 })
                .timeout({ seconds: PATIENCE })
                .toBuffer(),
            });
          return { ...size, thumbnails };
        } catch {
          return undefined;
        }
      }),
  };
}

/** Cuts small pictures to the square in their middle, one at a time; what it gives is a PNG or a JPEG as before. */
export function squareCropper(): CropSquare {
  let library: ReturnType<typeof load> | undefined;
  const queue = boundedQueue({
    concurrent: 1,
    waiting: WAITING,
    busy: 'Too many pictures are coming in. Please try again.',
  });
  return (bytes) =>
    queue.run(async () => {
      library ??= load();
      const sharp = await library;
      const options: SharpOptions = { limitInputPixels: MOST_CROPPED, failOn: 'error' };
      try {
        const { width, height, format } = await sharp(bytes, options).metadata();
        if (format !== 'png' && format !== 'jpeg') return undefined;
        const side = Math.min(width, height);
        const square = await sharp(bytes, options)
          .rotate()
          .resize({ width: side, height: side, fit: 'cover' })
          .toFormat(format)
          .timeout({ seconds: PATIENCE })
          .toBuffer();
        return { width, height, format, square: { mediaType: `image/${format}`, bytes: square } };
      } catch {
        return undefined;
      }
    });
}

function tooManyPixels({ width, height }: { width: number; height: number }): GatehouseError {
  const message = `The image has ${width} × ${height} pixels; at most ${MOST_PIXELS / 1e6} million are taken.`;
  return new GatehouseError('validation', `file: ${message}`, { fields: [{ field: 'file', message }] });
}
