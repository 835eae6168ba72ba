import { ActionIcon, Button, Text } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useInbox } from '../app/use_inbox.ts';
import { texts } from '../texts/en.ts';

const MOST_BYTES = 16 * 1024;
const LARGEST_FILE = 10 * 1024 * 1024;
const MOST_LINES = 8;
const encoder = new TextEncoder();

/** What is half written, by chat: going to another and back loses nothing. */
const drafts = new Map<string, string>();

/** A message to the customer, or a note that only agents see. */
export function Composer({ chatId }: { chatId: string }) {
  const inbox = useInbox();
  const [text, setText] = useState(drafts.get(chatId) ?? '');
  const [mode, setMode] = useState<'all' | 'agents'>('all');
  const [problem, setProblem] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const over = encoder.encode(text).length - MOST_BYTES;
  const isNote = mode === 'agents';

  function write(next: string): void {
    setText(next);
    drafts.set(chatId, next);
    inbox.stir();
  }

  function send(): void {
    const said = text.trim();
    if (said === '' || over > 0) return;
    inbox.send(said, mode);
    write('');
    setProblem('');
  }

  function choose(chosen: File | undefined): void {
    if (file.current) file.current.value = '';
    if (!chosen) return;
    if (chosen.size > LARGEST_FILE) setProblem(texts.composer.tooLarge);
    else inbox.attach(chosen, mode);
  }

  return (
    <form
      className={isNote ? 'composer composer_note' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <fieldset className="composer_modes">
        <legend className="visually_hidden">{texts.composer.mode}</legend>
        {(['all', 'agents'] as const).map((value) => (
          <button
            key={value}
            type="button"
            data-mode={value}
            aria-pressed={mode === value}
            onClick={() => setMode(value)}
          >
            {value === 'all' ? texts.composer.toCustomer : texts.composer.toAgents}
          </button>
        ))}
      </fieldset>
      <textarea
        id="composer"
        className="composer_text"
        rows={Math.min(MOST_LINES, Math.max(2, text.split('\n').length))}
        aria-label={isNote ? texts.composer.note : texts.composer.message}
        aria-invalid={over > 0}
        placeholder={isNote ? texts.composer.notePlaceholder : texts.composer.placeholder}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter also ends what an input method composes; that must not send.
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
        onPaste={(event) => choose(event.clipboardData.files[0])}
      />
      {over > 0 || problem ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {over > 0 ? texts.composer.tooLong(over) : problem}
        </Text>
      ) : null}
      <div className="composer_buttons">
        {inbox.has('upload_file') ? (
          <>
            <input
              ref={file}
              type="file"
              hidden
              aria-label={texts.composer.attach}
              onChange={(event) => choose(event.currentTarget.files?.[0])}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={texts.composer.attach}
              onClick={() => file.current?.click()}
            >
              <IconPaperclip size={20} />
            </ActionIcon>
          </>
        ) : null}
        <Button type="submit" disabled={text.trim() === '' || over > 0}>
          {isNote ? texts.composer.saveNote : texts.composer.send}
        </Button>
      </div>
    </form>
  );
}
