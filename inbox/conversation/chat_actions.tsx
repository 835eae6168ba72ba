import { useDisclosure } from '@mantine/hooks';
import { IconArrowForwardUp, IconCheck, IconDoorExit, IconDots } from '@tabler/icons-react';
import { Dropdown } from '../../console/design/dropdown.tsx';
import { attempt, useInbox } from '../app/use_inbox.ts';
import type { OpenChat } from '../state/inbox_state.ts';
import { texts } from '../texts/en.ts';
import { TransferDialog } from './transfer_dialog.tsx';

const ICON = 16;

/** What an agent can do with an open chat, beside answering. */
export function ChatActions({ open, active, isIn }: { open: OpenChat; active: boolean; isIn: boolean }) {
  const inbox = useInbox();
  const [transferOpened, transfer] = useDisclosure(false);
  if (!active) return null;
  return (
    <>
      <Dropdown align="end" name={texts.chat.actions} label={<IconDots size={20} aria-hidden="true" />}>
        {(shut) => {
          const item = (label: string, icon: React.ReactNode, run: () => void) => (
            <button
              type="button"
              className="dropdown_item"
              onClick={() => {
                shut();
                run();
              }}
            >
              {icon} {label}
            </button>
          );
          return (
            <>
              {item(
                texts.chat.transfer,
                <IconArrowForwardUp size={ICON} aria-hidden="true" />,
                transfer.open,
              )}
              {isIn
                ? item(
                    texts.chat.leave,
                    <IconDoorExit size={ICON} aria-hidden="true" />,
                    () => void attempt(inbox.leave),
                  )
                : null}
              {item(
                texts.chat.close,
                <IconCheck size={ICON} aria-hidden="true" />,
                () => void attempt(inbox.close),
              )}
            </>
          );
        }}
      </Dropdown>
      {transferOpened ? <TransferDialog open={open} onClose={transfer.close} /> : null}
    </>
  );
}
