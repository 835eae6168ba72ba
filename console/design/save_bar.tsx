import { Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';

interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
  /** What went wrong, above the buttons. */
  children?: ReactNode;
}

/**
 * "Save changes" that turns to "All saved". The button stays focusable when there is nothing to save:
 * a disabled button would drop the keyboard's place at the very moment of saving.
 */
export function SaveBar({ dirty, saving, onSave, onDiscard, children }: SaveBarProps) {
  const texts = useTexts();
  const idle = !dirty && !saving;
  return (
    <section className="save_bar" aria-label={texts.saveBar.region}>
      {children ? <div style={{ marginBlockEnd: '0.75rem' }}>{children}</div> : null}
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" aria-hidden="true" visibleFrom="xs">
          {idle ? '' : texts.saveBar.unsaved}
        </Text>
        <Group gap="sm" ml="auto">
          {dirty ? (
            <Button variant="default" onClick={onDiscard} disabled={saving}>
              {texts.saveBar.discard}
            </Button>
          ) : null}
          <Button
            onClick={() => {
              if (!idle && !saving) onSave();
            }}
            loading={saving}
            variant={idle ? 'light' : 'filled'}
            aria-disabled={idle}
            leftSection={idle ? <IconCheck size={16} /> : null}
            style={idle ? { cursor: 'default' } : {}}
          >
            {idle ? texts.saveBar.saved : texts.saveBar.save}
          </Button>
        </Group>
      </Group>
      <VisuallyHidden role="status">
        {saving ? texts.saveBar.saving : idle ? texts.saveBar.saved : texts.saveBar.unsaved}
      </VisuallyHidden>
    </section>
  );
}
