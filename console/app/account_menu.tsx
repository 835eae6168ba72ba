import { Avatar } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import type { Session } from '../api/types.ts';
import { Dropdown } from '../design/dropdown.tsx';
import { NameText } from '../design/name_text.tsx';
import { clipName, initialOf } from '../design/names.ts';
import { useTexts } from '../texts/texts.ts';

export function AccountMenu({ session }: { session: Session }) {
  const texts = useTexts();
  const { account, urls } = session;
  return (
    <Dropdown
      align="end"
      name={texts.shell.accountMenu(clipName(account.name))}
      label={
        <Avatar size={32} color="teal" variant="light" aria-hidden="true">
          {initialOf(account.name)}
        </Avatar>
      }
    >
      {() => (
        <>
          <div className="dropdown_title">
            <NameText size="sm" fw={600}>
              {account.name}
            </NameText>
            <NameText size="xs" c="dimmed" lines={2}>
              {account.email}
            </NameText>
          </div>
          <a className="dropdown_item" href={urls.account}>
            <IconUser size={16} aria-hidden="true" /> {texts.shell.account}
          </a>
          <form method="post" action={urls.sign_out}>
            <input type="hidden" name="csrf_token" value={session.csrf_token} />
            <button type="submit" className="dropdown_item">
              <IconLogout size={16} aria-hidden="true" /> {texts.shell.signOut}
            </button>
          </form>
        </>
      )}
    </Dropdown>
  );
}
