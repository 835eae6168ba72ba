import { Group, Text } from '@mantine/core';
import type { CompatibilityUse } from '../../api/types.ts';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';

/** What an app used that the strict profile refuses: how often, when last, and what to do instead. */
export function CompatibilityList({ uses }: { uses: readonly CompatibilityUse[] }) {
  const texts = useTexts();
  return (
    <ul className="row_list">
      {uses.map(({ feature, uses: times, last_used_at }) => {
        const { name, change } = texts.compatibility.features[feature];
        return (
          <li key={feature}>
            <Group justify="space-between" gap={4}>
              <Text fw={600} size="sm" flex="1 1 14rem">
                {name}
              </Text>
              <Text size="xs" c="dimmed">
                {texts.compatibility.used(times)} · {texts.compatibility.last}{' '}
                <TimeText value={last_used_at} />
              </Text>
            </Group>
            <Text size="sm" mt={2}>
              {change}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
