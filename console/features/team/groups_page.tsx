import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { agentsQuery, deleteGroup, groupsQuery, type TeamGroup } from '../../api/team.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { NameText } from '../../design/name_text.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { GroupDialog } from './group_dialog.tsx';
import { useTeamChange } from './use_team_change.ts';

const COLORS = { online: 'teal', offline: 'gray', online_for_queue: 'yellow' } as const;

/** The groups that chats come to. Group 0 holds everybody, and stays. */
export function GroupsPage() {
  const words = useTexts().groups;
  const confirm = useConfirm();
  const list = useQuery(groupsQuery);
  const agents = useQuery(agentsQuery).data ?? [];
  const [edited, setEdited] = useState<TeamGroup>();
  const [creating, setCreating] = useState(false);
  const removal = useTeamChange(deleteGroup, () => words.removed);
  const remove = async ({ id, name }: TeamGroup) => {
    const title = words.removeTitle(nameInSentence(name));
    const confirmed = words.remove.replace('…', '');
    if (await confirm({ title, text: words.removeText, confirm: confirmed, danger: true }))
      removal.mutate(id);
  };
  return (
    <div className="page">
      <PageHeader
        title={words.title}
        description={words.description}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            {words.create}
          </Button>
        }
      />
      <Stack gap="md">
        <ErrorAlert error={removal.error} />
        {list.isPending ? (
          <RowsSkeleton />
        ) : list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : (
          <ul className="row_list" style={{ background: 'var(--mantine-color-body)' }}>
            {list.data.map((group) => (
              <li key={group.id}>
                <Group justify="space-between" gap="xs">
                  <Stack gap={0} flex="1 1 14rem" miw={0}>
                    <NameText fw={600}>{group.name}</NameText>
                    <Text size="xs" c="dimmed">
                      {`${group.id} · ${group.language_code} · ${words.members(Object.keys(group.agent_priorities).length)}`}
                    </Text>
                  </Stack>
                  <Group gap="xs">
                    <Badge variant="light" color={COLORS[group.routing_status]}>
                      {words.statuses[group.routing_status]}
                    </Badge>
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={words.editOf(group.name)}
                      onClick={() => setEdited(group)}
                    >
                      {words.edit}
                    </Button>
                    {group.id === 0 ? null : (
                      <Button
                        variant="default"
                        size="compact-sm"
                        aria-label={words.removeOf(group.name)}
                        onClick={() => void remove(group)}
                      >
                        {words.remove}
                      </Button>
                    )}
                  </Group>
                </Group>
              </li>
            ))}
          </ul>
        )}
      </Stack>
      {edited || creating ? (
        <GroupDialog
          group={edited}
          agents={agents}
          onClose={() => {
            setEdited(undefined);
            setCreating(false);
          }}
        />
      ) : null}
    </div>
  );
}
