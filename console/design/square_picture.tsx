import { Avatar } from '@mantine/core';
import { initialOf } from './names.ts';

/** A square picture, or the first letter of a name. Decorative: the name stands beside it. */
export function SquarePicture({ name, url, size = 40 }: { name: string; url: string | null; size?: number }) {
  return (
    <Avatar src={url} alt="" size={size} radius="md" color="teal" variant="light" aria-hidden="true">
      {initialOf(name)}
    </Avatar>
  );
}
