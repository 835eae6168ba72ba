import { IconHeadset, IconUsersGroup } from '@tabler/icons-react';
import { NavigationLink } from '../design/link_button.tsx';
import { useTexts } from '../texts/texts.ts';

const ICON = 18;
const EXACT = { exact: true, includeSearch: false };

/** Who answers chats. */
export function TeamNavigation() {
  const texts = useTexts();
  return (
    <>
      <NavigationLink
        to="/settings/agents"
        label={texts.nav.agents}
        leftSection={<IconHeadset size={ICON} />}
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/settings/groups"
        label={texts.nav.groups}
        leftSection={<IconUsersGroup size={ICON} />}
        activeOptions={EXACT}
      />
    </>
  );
}
