import { ActionIcon, NativeSelect, Text } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { AccountMenu } from '../../console/app/account_menu.tsx';
import { ColorSchemeMenu } from '../../console/app/color_scheme_menu.tsx';
import { Logo } from '../../console/design/logo.tsx';
import { NameText } from '../../console/design/name_text.tsx';
import type { RoutingStatus } from '../state/inbox_state.ts';
import { texts } from '../texts/en.ts';
import { attempt, useInbox, useInboxState } from './use_inbox.ts';

export function Header({ onHelp }: { onHelp(): void }) {
  const { me } = useInboxState();
  if (!me) return null;
  return (
    <header className="inbox_header">
      <a href="/console" className="inbox_brand" aria-label={texts.header.console}>
        <Logo />
      </a>
      <div className="inbox_title">
        <Text component="h1" size="md" fw={650}>
          {texts.title}
        </Text>
        <NameText size="xs" c="dimmed">
          {me.session.organization.name}
        </NameText>
      </div>
      <Routing />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={texts.header.help}
        onClick={onHelp}
        visibleFrom="sm"
      >
        <IconKeyboard size={20} />
      </ActionIcon>
      <ColorSchemeMenu />
      <AccountMenu session={me.session} />
    </header>
  );
}

/** Whether new chats come to this agent. */
function Routing() {
  const inbox = useInbox();
  const { routing } = useInboxState();
  if (routing === undefined) return null;
  const choices = ['accepting_chats', 'not_accepting_chats'] as const;
  return (
    <NativeSelect
      className="inbox_routing"
      aria-label={texts.routing.label}
      value={routing}
      data-status={routing}
      onChange={(event) => {
        const status = event.currentTarget.value as RoutingStatus;
        void attempt(() => inbox.setRouting(status));
      }}
    >
      {routing === 'offline' ? <option value="offline">{texts.routing.offline}</option> : null}
      {choices.map((status) => (
        <option key={status} value={status}>
          {texts.routing[status]}
        </option>
      ))}
    </NativeSelect>
  );
}
