export const ICON_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];
export const ICON_MAX_BYTES = 256 * 1024;
export const ICON_MIN_PIXELS = 64;
export const ICON_MAX_PIXELS = 1024;

export type IconProblem =
  | { kind: 'type'; type: string }
  | { kind: 'bytes'; bytes: number }
  | { kind: 'unreadable' }
  | { kind: 'not_square'; width: number; height: number }
  | { kind: 'pixels'; width: number };

/** Finds out before the upload what the server would refuse. Null: nothing to complain about. */
export async function checkIcon(file: File): Promise<IconProblem | null> {
  if (!ICON_TYPES.includes(file.type)) return { kind: 'type', type: file.type };
  if (file.size > ICON_MAX_BYTES) return { kind: 'bytes', bytes: file.size };
  let width: number;
  let height: number;
  try {
    const picture = await createImageBitmap(file);
    ({ width, height } = picture);
    picture.close();
  } catch {
    return { kind: 'unreadable' };
  }
  if (width !== height) return { kind: 'not_square', width, height };
  if (width < ICON_MIN_PIXELS || width > ICON_MAX_PIXELS) return { kind: 'pixels', width };
  return null;
}
