import { ActionIcon, Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconPlus, IconTrash } from '@tabler/icons-react';
import type { Agent, Weekday, WorkingHours } from '../../api/team.ts';
import { useTexts } from '../../texts/texts.ts';

type Scheduler = Agent['work_scheduler'];

/** Working hours in a time zone; each row is a part of one day. */
export function HoursField({ value, onChange }: { value: Scheduler; onChange(value: Scheduler): void }) {
  const words = useTexts().agents;
  const setRow = (place: number, change: Partial<WorkingHours>) =>
    onChange({
      ...value,
      schedule: value.schedule.map((row, at) => (at === place ? { ...row, ...change } : row)),
    });
  const add = () => {
    const last = value.schedule.at(-1);
    const week = Object.keys(words.days) as Weekday[];
    const next = week[last ? (week.indexOf(last.day) + 1) % week.length : 0] ?? 'monday';
    const row = { start: '09:00', end: '17:00', ...last, day: next, enabled: true };
    onChange({ ...value, schedule: [...value.schedule, row] });
  };
  return (
    <Fieldset legend={words.workingHours}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.workingHoursHint}
        </Text>
        {value.schedule.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names, and are told apart by their place
          <Group key={place} gap="xs" align="flex-end">
            <NativeSelect
              flex="1 1 8rem"
              label={words.day}
              rightSection={<IconChevronDown size={16} aria-hidden="true" />}
              value={row.day}
              onChange={(event) => setRow(place, { day: event.currentTarget.value as Weekday })}
              data={Object.entries(words.days).map(([day, label]) => ({ value: day, label }))}
            />
            <TextInput
              w="5.5rem"
              label={words.start}
              value={row.start}
              onChange={(event) => setRow(place, { start: event.currentTarget.value })}
            />
            <TextInput
              w="5.5rem"
              label={words.end}
              value={row.end}
              onChange={(event) => setRow(place, { end: event.currentTarget.value })}
            />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={words.removeHours(words.days[row.day], row.start)}
              onClick={() => onChange({ ...value, schedule: value.schedule.filter((_, at) => at !== place) })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>
            {words.addHours}
          </Button>
        </Group>
        {value.schedule.length > 0 ? (
          <TextInput
            label={words.timezone}
            description={words.timezoneHint}
            value={value.timezone}
            onChange={(event) => onChange({ ...value, timezone: event.currentTarget.value })}
          />
        ) : null}
      </Stack>
    </Fieldset>
  );
}
