import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { Dropdown } from '../design/dropdown.tsx';
import { useTexts } from '../texts/texts.ts';

const CHOICES: readonly { scheme: MantineColorScheme; Icon: typeof IconSun }[] = [
  { scheme: 'light', Icon: IconSun },
  { scheme: 'dark', Icon: IconMoon },
  { scheme: 'auto', Icon: IconDeviceDesktop },
];

export function ColorSchemeMenu() {
  const texts = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = CHOICES.find(({ scheme }) => scheme === colorScheme)?.Icon ?? IconDeviceDesktop;
  return (
    <Dropdown
      align="end"
      width={190}
      name={texts.colorScheme.label}
      label={<Current size={20} aria-hidden="true" />}
    >
      {(close) =>
        CHOICES.map(({ scheme, Icon }) => (
          <button
            key={scheme}
            type="button"
            className="dropdown_item"
            aria-pressed={scheme === colorScheme}
            onClick={() => {
              setColorScheme(scheme);
              close();
            }}
          >
            <Icon size={16} aria-hidden="true" /> {texts.colorScheme[scheme]}
            {scheme === colorScheme ? (
              <IconCheck size={16} aria-hidden="true" className="dropdown_mark" />
            ) : null}
          </button>
        ))
      }
    </Dropdown>
  );
}
