import { Badge, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import type { Agent, TeamGroup } from '../../api/team.ts';
import { NameText } from '../../design/name_text.tsx';
import { useTexts } from '../../texts/texts.ts';

interface AgentRowProps {
  agent: Agent;
  groups: readonly TeamGroup[];
  selected: boolean;
  onSelect(selected: boolean): void;
  onEdit(): void;
}

/** One agent of the list. */
export function AgentRow({ agent, groups, selected, onSelect, onEdit }: AgentRowProps) {
  const words = useTexts().agents;
  const names = agent.groups.map(({ id }) => groups.find((group) => group.id === id)?.name ?? String(id));
  const facts = [words.chats(agent.max_chats_count), names.join(', ')];
  if (agent.work_scheduler.schedule.some(({ enabled }) => enabled)) facts.push(words.hours);
  return (
    <li>
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <Checkbox
          mt={2}
          aria-label={words.select(agent.name)}
          checked={selected}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
        <Group justify="space-between" gap="xs" flex={1} miw={0}>
          <Stack gap={0} flex="1 1 14rem" miw={0}>
            <NameText fw={600}>{agent.name}</NameText>
            <NameText size="sm" c="dimmed" lines={2}>
              {agent.id}
            </NameText>
            <Text size="xs" c="dimmed" className="name">
              {facts.join(' · ')}
            </Text>
          </Stack>
          <Group gap="xs">
            {agent.suspended ? (
              <Badge variant="light" color="red">
                {words.states.suspended}
              </Badge>
            ) : null}
            {agent.awaiting_approval ? (
              <Badge variant="light" color="yellow">
                {words.states.awaiting}
              </Badge>
            ) : null}
            <Badge variant="default">{words.roles[agent.role]}</Badge>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={words.editOf(agent.name)}
              onClick={onEdit}
            >
              {words.edit}
            </Button>
          </Group>
        </Group>
      </Group>
    </li>
  );
}
