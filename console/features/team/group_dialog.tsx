import { Button, Fieldset, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Agent, createGroup, type TeamGroup, updateGroup } from '../../api/team.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { nameInSentence } from '../../design/names.ts';
import { useTexts } from '../../texts/texts.ts';
import { PrioritySelect } from './priority_select.tsx';
import { useTeamChange } from './use_team_change.ts';

interface GroupDialogProps {
  /** Undefined for one that is to be made. */
  group: TeamGroup | undefined;
  agents: readonly Agent[];
  onClose(): void;
}

/** Name, language and agents of a group. */
export function GroupDialog({ group, agents, onClose }: GroupDialogProps) {
  const texts = useTexts();
  const words = texts.groups;
  const [name, setName] = useState(group?.name ?? '');
  const [language, setLanguage] = useState(group?.language_code ?? 'en');
  const [priorities, setPriorities] = useState(group?.agent_priorities ?? {});
  const change = useTeamChange(
    () => {
      const form = { name, language_code: language, agent_priorities: priorities };
      return group ? updateGroup({ id: group.id, version: group.version, ...form }) : createGroup(form);
    },
    () => words.saved,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={group ? words.editOf(nameInSentence(group.name)) : words.create}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={words.name}
            required
            maxLength={180}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={words.language}
            description={words.languageHint}
            required
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
          <Fieldset legend={words.agents}>
            <Stack gap="xs">
              {agents.map((agent) => (
                <PrioritySelect
                  key={agent.id}
                  label={`${agent.name} (${agent.id})`}
                  value={priorities[agent.id]}
                  onChange={(priority) => {
                    const { [agent.id]: _, ...others } = priorities;
                    setPriorities(priority ? { ...others, [agent.id]: priority } : others);
                  }}
                />
              ))}
            </Stack>
          </Fieldset>
          <ErrorAlert error={change.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {texts.agents.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
