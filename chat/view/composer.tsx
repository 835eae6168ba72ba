import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts/en.ts';

const MOST_BYTES = 16 * 1024;
const LARGEST_FILE = 10 * 1024 * 1024;
const encoder = new TextEncoder();

/** Enter sends, Shift+Enter begins a line. */
export function Composer(props: {
  placeholder: string;
  canUpload: boolean;
  onSend(text: string): void;
  onFile(file: File): void;
  onTyping(): void;
}) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const over = encoder.encode(text).length - MOST_BYTES;

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    // As high as its text, up to what the style sheet admits.
    area.rows = 1;
    const line = Number.parseFloat(getComputedStyle(area).lineHeight) || 22;
    area.rows = Math.min(6, Math.max(1, Math.floor((area.scrollHeight - 16) / line)));
  });

  function send(event?: Event): void {
    event?.preventDefault();
    const said = text.trim();
    if (said === '' || over > 0) return;
    props.onSend(said);
    setText('');
    field.current?.focus();
  }

  function choose(chosen: File | undefined): void {
    if (file.current) file.current.value = '';
    if (!chosen) return;
    if (chosen.size > LARGEST_FILE) setProblem(texts.tooLarge);
    else {
      setProblem('');
      props.onFile(chosen);
    }
  }

  return (
    <form class="composer" onSubmit={send}>
      {over > 0 || problem ? (
        <p class="problem" role="alert">
          {over > 0 ? texts.tooLong(over) : problem}
        </p>
      ) : null}
      {props.canUpload ? (
        <>
          <input
            ref={file}
            type="file"
            hidden
            aria-label={texts.attach}
            onChange={(event) => choose(event.currentTarget.files?.[0])}
          />
          <button type="button" class="icon" aria-label={texts.attach} onClick={() => file.current?.click()}>
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
              <path d="M15 7l-6.5 6.5a1.5 1.5 0 0 0 3 3L18 10a3 3 0 0 0-6-6l-6.5 6.5a4.5 4.5 0 0 0 9 9L21 13" />
            </svg>
          </button>
        </>
      ) : null}
      <textarea
        ref={field}
        rows={1}
        aria-label={texts.message}
        aria-invalid={over > 0 ? 'true' : undefined}
        placeholder={props.placeholder}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          props.onTyping();
        }}
        onKeyDown={(event) => {
          // Enter also ends what an input method composes; that must not send.
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
        }}
        onPaste={(event) => choose(event.clipboardData?.files[0])}
      />
      <button
        type="submit"
        class="primary send"
        aria-label={texts.send}
        disabled={text.trim() === '' || over > 0}
      >
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path d="M4 12l16-8-6 16-3-6-7-2z" />
        </svg>
      </button>
    </form>
  );
}
