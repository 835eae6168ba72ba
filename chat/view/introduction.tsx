import { useState } from 'preact/hooks';
import { ChatApiError } from '../client/chat_api_error.ts';
import { texts } from '../texts/en.ts';

/** Name and e-mail, for who wants to be answered later. */
export function Introduction({
  customer,
  onSave,
  open,
}: {
  customer: { name: string; email: string };
  onSave(customer: { name: string; email: string }): Promise<void>;
  open: boolean;
}) {
  const [name, setName] = useState<string | undefined>(undefined);
  const [email, setEmail] = useState<string | undefined>(undefined);
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | undefined>(undefined);
  const [busy, setBusy] = useState(false);

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const next = { name: (name ?? customer.name).trim(), email: (email ?? customer.email).trim() };
    if (next.email !== '' && !/^[^\s@]+@[^\s@]+$/.test(next.email)) {
      setSaid({ text: texts.emailWrong, wrong: true });
      return;
    }
    setBusy(true);
    try {
      await onSave(next);
      setSaid({ text: texts.saved, wrong: false });
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      setSaid({ text: error.message || texts.unreachable, wrong: true });
    }
    setBusy(false);
  }

  return (
    <details class="introduction" open={open}>
      <summary>{texts.introduce}</summary>
      <form onSubmit={(event) => void save(event)} noValidate>
        <label>
          {texts.name}
          <input
            name="name"
            autocomplete="name"
            maxLength={255}
            value={name ?? customer.name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label>
          {texts.email}
          <input
            name="email"
            type="email"
            autocomplete="email"
            maxLength={255}
            aria-invalid={said?.wrong ? 'true' : undefined}
            value={email ?? customer.email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="quiet" disabled={busy}>
          {texts.save}
        </button>
        {said ? <p role={said.wrong ? 'alert' : 'status'}>{said.text}</p> : null}
      </form>
    </details>
  );
}
