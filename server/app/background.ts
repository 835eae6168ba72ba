import { createTransport } from 'nodemailer';
import type { Services } from '../apis/services.ts';
import type { MailTransport } from '../domain/identity/mail_outbox.ts';

/** The part of a logger that is needed here. */
export interface BackgroundLog {
  error(details: object, message: string): void;
}

const MAIL_EVERY = 2_000;
const PURGE_EVERY = 60_000;

/** Work that nobody waits for: mail, and the removal of what is dead. Stops with the server. */
export function startBackground(
  services: Services,
  log: BackgroundLog,
  mail: { url: string | undefined; from: string },
): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>();
  const timers: NodeJS.Timeout[] = [];

  function every(milliseconds: number, name: string, work: () => Promise<unknown>): void {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      const run: Promise<void> = work()
        .then(
          () => {},
          (error) => log.error({ err: error }, `background work failed: ${name}`),
        )
        .finally(() => {
          busy = false;
          running.delete(run);
        });
      running.add(run);
    }, milliseconds);
    timer.unref();
    timers.push(timer);
  }

  // Development mode shows mail instead of sending it.
  if (mail.url !== undefined && !services.settings.developmentMode) {
    const transport = smtp(mail.url, mail.from);
    every(MAIL_EVERY, 'mail', () => services.identity.outbox.deliver(transport));
  }
  every(PURGE_EVERY, 'purge', () => services.grants.purge());

  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}

function smtp(url: string, from: string): MailTransport {
  const transport = createTransport(url);
  return {
    async send({ recipient, subject, text, html }) {
      await transport.sendMail({ from, to: recipient, subject, text, html });
    },
  };
}
