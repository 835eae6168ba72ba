import { Button, Kbd } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../texts/texts.ts';

/** Few open it in most visits, so that it is loaded when somebody does. */
const Palette = lazy(async () => ({ default: (await import('../features/palette/palette.tsx')).Palette }));

/** The way to everything by keyboard: Ctrl or Cmd with K, wherever one is. */
export function PaletteOpener() {
  const words = useTexts().palette;
  const [wanted, setWanted] = useState(false);
  const [opened, setOpened] = useState(false);
  const open = () => {
    setWanted(true);
    setOpened(true);
  };
  // Also while something is typed.
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={open}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={
          <Kbd size="xs" visibleFrom="sm" aria-hidden="true">
            {words.shortcut}
          </Kbd>
        }
        aria-label={words.title}
        aria-keyshortcuts="Control+K Meta+K"
        className="palette_opener"
      >
        {words.open}
      </Button>
      {wanted ? (
        <Suspense fallback={null}>
          <Palette opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
