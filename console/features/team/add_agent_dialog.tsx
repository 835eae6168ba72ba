import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { type AgentRole, createAgent } from '../../api/team.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useTeamChange } from './use_team_change.ts';

/** Adds somebody by e-mail; open while it is there. */
export function AddAgentDialog({ onClose }: { onClose(): void }) {
  const texts = useTexts();
  const words = texts.agents;
  const [form, setForm] = useState({ id: '', name: '', role: 'normal' as AgentRole });
  const change = useTeamChange(createAgent, ({ id }) => words.add.done(id));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(form, { onSuccess: onClose });
  };
  const given: AgentRole[] = ['normal', 'administrator', 'viceowner'];
  return (
    <Modal opened onClose={onClose} title={words.add.action} closeButtonProps={{ 'aria-label': texts.close }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={words.add.email}
            type="email"
            required
            autoComplete="off"
            value={form.id}
            onChange={(event) => setForm({ ...form, id: event.currentTarget.value })}
          />
          <TextInput
            label={words.add.name}
            required
            autoComplete="off"
            value={form.name}
            onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
          />
          <NativeSelect
            label={words.role}
            rightSection={<IconChevronDown size={16} aria-hidden="true" />}
            value={form.role}
            onChange={(event) => setForm({ ...form, role: event.currentTarget.value as AgentRole })}
            data={given.map((role) => ({ value: role, label: words.roles[role] }))}
          />
          <Text size="sm" c="dimmed">
            {words.add.hint}
          </Text>
          <ErrorAlert error={change.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {words.add.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
