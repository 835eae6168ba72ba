import type { Transporter } from 'nodemailer';
import type { Services } from '../apis/services.ts';
import { AddressRefused, type MailTransport } from '../domain/identity/mail_outbox.ts';

/** The part of a logger that is needed here. */
export interface BackgroundLog {
  error(details: object, message: string): void;
}

const MAIL_EVERY = 2_000;
const PURGE_EVERY = 60_000;
/** What is new goes out at once; this is for what is tried again, and what another server left. */
const WEBHOOKS_EVERY = 1_000;
/** A search indexes by itself what changed last; this is for the rest. */
const ARCHIVES_EVERY = 2_000;
/** What is noted for owners lies in memory for so long: a process that is killed loses that much of it. */
const INSIGHT_EVERY = 2_000;
/** Numbers for charts: nobody misses the last seconds of them. */
const USAGE_EVERY = 15_000;
/** Chats of an agent who was suspended wait for so long at most. */
const CHATS_EVERY = 1_000;
/** Somebody who has just published a record waits for it. */
const DOMAINS_EVERY = 30_000;
/** Often enough that a key that is due two days ahead is never late. */
const KEYS_EVERY = 600_000;

/** A round that deletes less found less than a whole batch in every table. */
const WHOLE_BATCH = 500;
const MOST_ROUNDS = 1_000;

/** Purges batch after batch until little is left, so that what dies fast does not pile up. @returns how many batches */
export async function purgeAll(purge: () => Promise<number>): Promise<number> {
  let rounds = 1;
  while (rounds < MOST_ROUNDS && (await purge()) >= WHOLE_BATCH) rounds += 1;
  return rounds;
}

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
  every(PURGE_EVERY, 'purge', () => purgeAll(services.grants.purge));
  every(PURGE_EVERY, 'registrations', services.registration.purge);
  every(PURGE_EVERY, 'purge of SAML sign-ins', () => purgeAll(services.signInRules.signIn.purge));
  every(DOMAINS_EVERY, 'domains', services.signInRules.domains.checkDue);
  every(PURGE_EVERY, 'purge of insight', () => purgeAll(services.insight.purge));
  every(ARCHIVES_EVERY, 'archives', services.archives.indexer.work);
  every(PURGE_EVERY, 'purge of files', services.files.purge);
  every(CHATS_EVERY, 'chats', services.chats.routing.tend);
  every(INSIGHT_EVERY, 'insight', services.insight.flush);
  every(USAGE_EVERY, 'usage', services.insight.usage.flush);
  services.webhooks.sender.start((error) => log.error({ err: error }, 'background work failed: webhooks'));
  every(WEBHOOKS_EVERY, 'webhooks', services.webhooks.sender.work);
  every(PURGE_EVERY, 'purge of webhook deliveries', () => purgeAll(services.webhooks.sender.purge));
  every(KEYS_EVERY, 'signing keys', () => services.openid.keys.rotate());

  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      services.webhooks.sender.stop();
      await Promise.all(running);
      await services.webhooks.sender.settle();
      for (const flush of [services.insight.flush, services.insight.usage.flush])
        await flush().catch((error) => log.error({ err: error }, 'insight was not written'));
    },
  };
}

/** Milliseconds; together less than a mail is claimed for. */
const SMTP_PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as const;

/** The library is loaded for the first mail: most servers start without sending one. */
function smtp(url: string, from: string): MailTransport {
  let transport: Promise<Transporter> | undefined;
  return {
    async send({ recipient, subject, text, html }) {
      transport ??= import('nodemailer').then(({ createTransport }) =>
        createTransport({ url, ...SMTP_PATIENCE }),
      );
      await (await transport)
        .sendMail({ from, to: recipient, subject, text, html })
        .catch((error: unknown) => {
          throw isRefused(error) ? new AddressRefused('the address is refused', { cause: error }) : error;
        });
    },
  };
}

/** 550 and its kin, said of the recipient (RFC 5321 §4.2.3): the mailbox is not there, or takes nothing. */
function isRefused(error: unknown): boolean {
  const {
    code,
    command,
    responseCode = 0,
  } = error as { code?: string; command?: string; responseCode?: number };
  return code === 'EENVELOPE' && command === 'RCPT TO' && [550, 551, 553].includes(responseCode);
}
