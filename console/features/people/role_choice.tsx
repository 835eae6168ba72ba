import { Radio, Stack } from '@mantine/core';
import type { AccountsRole, ChatRole } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';

export interface Roles {
  role: AccountsRole;
  chatRole: ChatRole;
}

interface RoleChoiceProps {
  roles: Roles;
  onChange: (roles: Roles) => void;
  /** What may be chosen. */
  grantable: readonly AccountsRole[];
  grantableChat: readonly ChatRole[];
}

/** Both roles of a person, each with what it means. */
export function RoleChoice({ roles, onChange, grantable, grantableChat }: RoleChoiceProps) {
  const texts = useTexts();
  return (
    <>
      <Radio.Group
        label={texts.people.invite.role}
        value={roles.role}
        onChange={(value) => onChange({ ...roles, role: value as AccountsRole })}
      >
        <Stack gap="xs" mt="xs">
          {grantable.map((each) => (
            <Radio
              key={each}
              value={each}
              label={texts.roles[each]}
              description={texts.people.roleMeanings[each]}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={texts.people.invite.chatRole}
        value={roles.chatRole}
        onChange={(value) => onChange({ ...roles, chatRole: value as ChatRole })}
      >
        <Stack gap="xs" mt="xs">
          {grantableChat.map((each) => (
            <Radio
              key={each}
              value={each}
              label={texts.people.chatRoles[each].name}
              description={texts.people.chatRoles[each].text}
            />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
}
