import { Modal } from '@mantine/core';
import { texts } from '../texts/en.ts';

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.help.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <dl className="keys">
        {texts.help.keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
