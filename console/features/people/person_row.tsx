import { Avatar, Badge, Group, Stack, Text } from '@mantine/core';
import type { AccountsRole, ChatRole, Person } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { NameText } from '../../design/name_text.tsx';
import { initialOf } from '../../design/names.ts';
import { DateText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { usePersonMenu } from './use_person_menu.tsx';

const ROLE_COLORS: Record<AccountsRole, string> = { owner: 'teal', administrator: 'blue', member: 'gray' };

interface PersonRowProps {
  person: Person;
  grantable: readonly AccountsRole[];
  grantableChat: readonly ChatRole[];
}

/** One person of the list: who they are, their roles, what acts for them, and what may be done. */
export function PersonRow({ person, grantable, grantableChat }: PersonRowProps) {
  const texts = useTexts();
  const { account } = useSession();
  const { menu, below } = usePersonMenu({ person, grantable, grantableChat });
  const acting = texts.people.acting(person);
  return (
    <li>
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <Avatar size={40} color={ROLE_COLORS[person.role]} variant="light" aria-hidden="true">
          {initialOf(person.name)}
        </Avatar>
        <Group justify="space-between" gap="xs" flex={1} miw={0}>
          <Stack gap={0} flex="1 1 14rem" miw={0}>
            <NameText fw={600}>{person.name}</NameText>
            <NameText size="sm" c="dimmed" lines={2}>
              {person.email}
            </NameText>
            <Text size="xs" c="dimmed">
              {texts.people.joined} <DateText value={person.joined_at} />
              {acting ? ` · ${acting}` : ''}
            </Text>
          </Stack>
          <Group gap="xs">
            {person.account_id === account.id ? <Badge variant="outline">{texts.people.you}</Badge> : null}
            {person.status === 'suspended' ? (
              <Badge variant="light" color="red">
                {texts.people.statuses.suspended}
              </Badge>
            ) : null}
            <Badge variant="light" color={ROLE_COLORS[person.role]}>
              {texts.roles[person.role]}
            </Badge>
            <Badge variant="default">{texts.people.chatRoles[person.chat_role].name}</Badge>
          </Group>
        </Group>
        {menu}
      </Group>
      {below}
    </li>
  );
}
