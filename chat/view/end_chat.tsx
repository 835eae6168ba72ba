import { useEffect, useRef, useState } from 'preact/hooks';
import { ChatApiError } from '../client/chat_api_error.ts';
import { texts } from '../texts/en.ts';

/** Ends the chat, after a second look. */
export function EndChat({ onEnd }: { onEnd(): Promise<void> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => () => dialog.current?.close(), []);

  async function end(): Promise<void> {
    setBusy(true);
    try {
      await onEnd();
      dialog.current?.close();
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      setProblem(error.message || texts.unreachable);
    }
    setBusy(false);
  }

  return (
    <>
      <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
        {texts.close}
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby="end_title">
        <h2 id="end_title">{texts.closeQuestion}</h2>
        {problem ? <p role="alert">{problem}</p> : null}
        <div class="dialog_buttons">
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            {texts.cancel}
          </button>
          <button type="button" class="primary" disabled={busy} onClick={() => void end()}>
            {texts.closeYes}
          </button>
        </div>
      </dialog>
    </>
  );
}
