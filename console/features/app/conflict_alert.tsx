import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useTexts } from '../../texts/texts.ts';

export interface Difference {
  label: string;
  theirs: string;
  mine: string;
}

interface ConflictAlertProps {
  differences: Difference[];
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** Two people edited the same thing: shows both, and the person decides. */
export function ConflictAlert({ differences, onTakeTheirs, onKeepMine }: ConflictAlertProps) {
  const texts = useTexts();
  return (
    <Alert
      color="orange"
      variant="light"
      role="alert"
      icon={<IconArrowsSplit2 />}
      title={texts.conflict.title}
    >
      <Stack gap="sm">
        <Text size="sm">{texts.conflict.text}</Text>
        <Stack gap="xs" component="dl" m={0} mah="40vh" style={{ overflowY: 'auto' }}>
          {differences.map((difference) => (
            <div key={difference.label}>
              <Text component="dt" size="sm" fw={600}>
                {difference.label}
              </Text>
              <Version who={texts.conflict.theirs} text={difference.theirs} />
              <Version who={texts.conflict.mine} text={difference.mine} />
            </div>
          ))}
        </Stack>
        <Group gap="sm">
          <Button size="sm" variant="default" onClick={onTakeTheirs}>
            {texts.conflict.takeTheirs}
          </Button>
          <Button size="sm" onClick={onKeepMine}>
            {texts.conflict.keepMine}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function Version({ who, text }: { who: string; text: string }) {
  const texts = useTexts();
  return (
    <dd style={{ margin: 0 }}>
      <Text size="xs">{who}</Text>
      <Text size="sm" pl="md" className="name" dir="auto" style={{ whiteSpace: 'pre-wrap' }} lineClamp={8}>
        {text || texts.conflict.empty}
      </Text>
    </dd>
  );
}
