import { Button, Fieldset, Group, Modal, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { type Agent, type AgentChange, type AgentRole, type TeamGroup, updateAgent } from '../../api/team.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { nameInSentence } from '../../design/names.ts';
import { useTexts } from '../../texts/texts.ts';
import { HoursField } from './hours_field.tsx';
import { PrioritySelect } from './priority_select.tsx';
import { useTeamChange } from './use_team_change.ts';

interface AgentDialogProps {
  /** As they were when the dialog opened: the version that is sent with the change. */
  agent: Agent;
  groups: readonly TeamGroup[];
  onClose(): void;
}

/** What is set of an agent. Only what was changed is sent. */
export function AgentDialog({ agent, groups, onClose }: AgentDialogProps) {
  const texts = useTexts();
  const words = texts.agents;
  const [form, setForm] = useState(agent);
  const change = useTeamChange(updateAgent, () => words.saved);
  const set = (part: Partial<Agent>) => setForm((now) => ({ ...now, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(changesOf(agent, form), { onSuccess: onClose });
  };
  const given: AgentRole[] = ['viceowner', 'administrator', 'normal'];
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={words.editOf(nameInSentence(agent.name))}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {agent.role === 'owner' ? null : (
            <NativeSelect
              label={words.role}
              rightSection={<IconChevronDown size={16} aria-hidden="true" />}
              value={form.role}
              onChange={(event) => set({ role: event.currentTarget.value as AgentRole })}
              data={given.map((role) => ({ value: role, label: words.roles[role] }))}
            />
          )}
          <TextInput
            label={words.jobTitle}
            description={words.jobTitleHint}
            value={form.job_title}
            onChange={(event) => set({ job_title: event.currentTarget.value })}
          />
          <NumberInput
            label={words.limit}
            min={0}
            max={20}
            allowDecimal={false}
            value={form.max_chats_count}
            onChange={(value) => set({ max_chats_count: Number(value) })}
          />
          <Fieldset legend={words.inGroups}>
            <Stack gap="xs">
              {groups.map((group) => (
                <PrioritySelect
                  key={group.id}
                  label={group.name}
                  value={form.groups.find(({ id }) => id === group.id)?.priority}
                  onChange={(priority) => {
                    const others = form.groups.filter(({ id }) => id !== group.id);
                    set({ groups: priority ? [...others, { id: group.id, priority }] : others });
                  }}
                />
              ))}
            </Stack>
          </Fieldset>
          <HoursField value={form.work_scheduler} onChange={(value) => set({ work_scheduler: value })} />
          <ErrorAlert error={change.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function changesOf(before: Agent, after: Agent): AgentChange {
  const keys = ['role', 'job_title', 'max_chats_count', 'groups', 'work_scheduler'] as const;
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return {
    id: before.id,
    version: before.version,
    ...Object.fromEntries(changed.map((key) => [key, after[key]])),
  };
}
