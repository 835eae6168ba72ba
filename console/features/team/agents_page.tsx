import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Agent, agentsQuery, groupsQuery } from '../../api/team.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { AddAgentDialog } from './add_agent_dialog.tsx';
import { AgentDialog } from './agent_dialog.tsx';
import { AgentRow } from './agent_row.tsx';
import { SelectedAgents } from './selected_agents.tsx';

const PAGE = 50;

type State = 'working' | 'suspended' | 'awaiting';

/** Who answers chats, and what is set of each. */
export function AgentsPage() {
  const words = useTexts().agents;
  const list = useQuery(agentsQuery);
  const groups = useQuery(groupsQuery).data ?? [];
  const [search, setSearch] = useState('');
  const [group, setGroup] = useState('');
  const [state, setState] = useState('');
  const [most, setMost] = useState(PAGE);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState<Agent>();
  const [adding, setAdding] = useState(false);

  const found = (list.data ?? []).filter(
    (agent) =>
      fits(agent, search) &&
      (group === '' || agent.groups.some(({ id }) => String(id) === group)) &&
      (state === '' || stateOf(agent) === state),
  );
  const shown = found.slice(0, most);
  // Who is out of sight is not acted on.
  const selected = shown.filter(({ id }) => picked.has(id));
  const pick = (id: string, on: boolean) =>
    setPicked((now) => new Set(on ? [...now, id] : [...now].filter((one) => one !== id)));

  return (
    <div className="page">
      <PageHeader
        title={words.title}
        description={words.description}
        actions={
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setAdding(true)}>
            {words.add.action}
          </Button>
        }
      />
      <Stack gap="md">
        <Group gap="sm" align="flex-end">
          <TextInput
            type="search"
            label={words.search}
            leftSection={<IconSearch size={16} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            flex="1 1 16rem"
            maw="28rem"
          />
          <NativeSelect
            label={words.group}
            rightSection={<IconChevronDown size={16} aria-hidden="true" />}
            value={group}
            onChange={(event) => setGroup(event.currentTarget.value)}
            data={[
              { value: '', label: words.anyGroup },
              ...groups.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <NativeSelect
            label={words.status}
            rightSection={<IconChevronDown size={16} aria-hidden="true" />}
            value={state}
            onChange={(event) => setState(event.currentTarget.value)}
            data={[
              { value: '', label: words.anyStatus },
              ...(Object.entries(words.states) as [State, string][]).map(([value, label]) => ({
                value,
                label,
              })),
            ]}
          />
        </Group>
        <SelectedAgents agents={selected} onDone={() => setPicked(new Set())} />
        {list.isPending ? (
          <RowsSkeleton />
        ) : list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : found.length === 0 ? (
          <EmptyState icon={<IconSearch size={30} />} title={words.noMatchTitle} text={words.noMatchText} />
        ) : (
          <>
            <Text size="sm" c="dimmed" role="status">
              {words.shown(shown.length, found.length)}
            </Text>
            <ul className="row_list" style={{ background: 'var(--mantine-color-body)' }}>
              {shown.map((agent) => (
                <AgentRow
                  key={agent.account_id}
                  agent={agent}
                  groups={groups}
                  selected={picked.has(agent.id)}
                  onSelect={(on) => pick(agent.id, on)}
                  onEdit={() => setEdited(agent)}
                />
              ))}
            </ul>
            {shown.length < found.length ? (
              <Group justify="center">
                <Button variant="default" onClick={() => setMost(most + PAGE)}>
                  {words.more}
                </Button>
              </Group>
            ) : null}
          </>
        )}
      </Stack>
      {edited ? <AgentDialog agent={edited} groups={groups} onClose={() => setEdited(undefined)} /> : null}
      {adding ? <AddAgentDialog onClose={() => setAdding(false)} /> : null}
    </div>
  );
}

function stateOf(agent: Agent): State {
  if (agent.awaiting_approval) return 'awaiting';
  return agent.suspended ? 'suspended' : 'working';
}

function fits({ name, id }: Agent, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  return name.toLocaleLowerCase().includes(wanted) || id.toLocaleLowerCase().includes(wanted);
}
