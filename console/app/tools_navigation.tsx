import { Text } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { NavigationLink } from '../design/link_button.tsx';
import { useTexts } from '../texts/texts.ts';

const ICON = 18;
const EXACT = { exact: true, includeSearch: false };

/** The tools that belong to no single app. */
export function ToolsNavigation() {
  const texts = useTexts();
  return (
    <>
      <Text size="xs" c="dimmed" fw={600} px="sm" pt="sm" pb={4}>
        {texts.nav.tools}
      </Text>
      <NavigationLink
        to="/tools/token"
        label={texts.nav.tokenDebugger}
        leftSection={<IconBug size={ICON} />}
        activeOptions={EXACT}
      />
    </>
  );
}
