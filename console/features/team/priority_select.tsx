import { NativeSelect } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { GroupPriority } from '../../api/team.ts';
import { useTexts } from '../../texts/texts.ts';

const PRIORITIES: readonly GroupPriority[] = ['first', 'normal', 'last', 'supervisor'];

interface PrioritySelectProps {
  label: string;
  value: GroupPriority | undefined;
  onChange(value: GroupPriority | undefined): void;
}

/** The priority of an agent in a group; undefined: not in it. */
export function PrioritySelect({ label, value, onChange }: PrioritySelectProps) {
  const words = useTexts().agents;
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      rightSection={<IconChevronDown size={16} aria-hidden="true" />}
      onChange={(event) => onChange((event.currentTarget.value || undefined) as GroupPriority | undefined)}
      data={[
        { value: '', label: words.notIn },
        ...PRIORITIES.map((priority) => ({ value: priority, label: words.priorities[priority] })),
      ]}
    />
  );
}
