import { Badge, Burger, Drawer, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { Session } from '../api/types.ts';
import { Logo } from '../design/logo.tsx';
import { useTexts } from '../texts/texts.ts';
import { AccountMenu } from './account_menu.tsx';
import { ColorSchemeMenu } from './color_scheme_menu.tsx';
import { Navigation } from './navigation.tsx';
import { OrganizationSwitcher } from './organization_switcher.tsx';
import { PaletteOpener } from './palette_opener.tsx';
import './shell.css';

/** Header, side navigation (a drawer on small screens) and the page. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const texts = useTexts();
  const [menuOpened, menu] = useDisclosure(false);
  const pathname = useRouterState({ select: (state) => state.location.pathname });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is the trigger, not an input.
  useEffect(() => menu.close(), [pathname]);

  return (
    <div className="shell">
      <a href="#content" className="skip_link">
        {texts.shell.skip}
      </a>
      <header className="shell_header">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <Burger
            opened={menuOpened}
            onClick={menu.toggle}
            hiddenFrom="md"
            size="sm"
            aria-label={texts.shell.openMenu}
            aria-expanded={menuOpened}
          />
          <Link to="/apps" aria-label={texts.product} className="shell_brand">
            <Logo />
            <Text component="span" fw={700} visibleFrom="sm">
              {texts.brand}
            </Text>
          </Link>
          <OrganizationSwitcher session={session} />
          {session.development_mode ? (
            <Badge variant="outline" visibleFrom="md" style={{ flexShrink: 0 }}>
              {texts.shell.developmentMode}
            </Badge>
          ) : null}
        </Group>
        <Group gap={4} wrap="nowrap">
          <Text component="a" href={session.urls.docs} className="shell_link" size="sm" visibleFrom="sm">
            {texts.shell.docs}
          </Text>
          <PaletteOpener />
          <ColorSchemeMenu />
          <AccountMenu session={session} />
        </Group>
      </header>
      <div className="shell_side">
        <Navigation docs={session.urls.docs} develops={session.can_develop} />
      </div>
      <main id="content" tabIndex={-1} className="shell_main">
        {children}
      </main>
      <Drawer
        opened={menuOpened}
        onClose={menu.close}
        hiddenFrom="md"
        size="min(20rem, 85vw)"
        title={texts.brand}
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        <Navigation docs={session.urls.docs} develops={session.can_develop} />
      </Drawer>
    </div>
  );
}
