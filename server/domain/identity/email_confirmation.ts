import { type Clock, days } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Audit } from './audit.ts';
import type { MailOutbox, MailWriter } from './mail_outbox.ts';
import type { Actor, OneTimeToken } from './records.ts';
import type { Throttle } from './throttling.ts';

const VALID_DAYS = 7;

export interface EmailConfirmation {
  /** Sends the mail, as part of the unit of work that needs it. */
  request(stores: Stores, account: { accountId: string; email: string; name: string }): Promise<void>;
  resend(accountId: string): Promise<void>;
  /** Looks without using it up, for the page that asks to confirm. */
  peek(token: string): Promise<{ email: string } | undefined>;
  /** @returns the e-mail that is confirmed now; undefined when the link is wrong, used or too old */
  confirm(token: string, actor: Actor): Promise<{ email: string } | undefined>;
}

export function emailConfirmation(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  outbox: MailOutbox;
  writer: MailWriter;
  settings: ServerSettings;
  throttle: Throttle;
  audit: Audit;
}): EmailConfirmation {
  const { storage, clock, tokens, settings } = deps;

  async function find(token: string): Promise<OneTimeToken | undefined> {
    const parsed = tokens.parse(token);
    if (parsed?.kind !== 'one_time') return undefined;
    const found = await storage.read.identity.oneTimeToken(parsed.key, 'confirm_email');
    if (!found || !sameSecret(parsed.secretHash, found.secretHash)) return undefined;
    return found.consumedAt === null && found.expiresAt > clock.now() ? found : undefined;
  }

  async function request(
    stores: Stores,
    { accountId, email, name }: { accountId: string; email: string; name: string },
  ): Promise<void> {
    const now = clock.now();
    const key = deps.identifiers.key();
    const minted = tokens.mint('one_time', key);
    await stores.identity.voidOneTimeTokens(accountId, 'confirm_email', now);
    await stores.identity.addOneTimeToken({
      key,
      secretHash: minted.secretHash,
      kind: 'confirm_email',
      accountId,
      email,
      createdAt: now,
      expiresAt: now + days(VALID_DAYS),
    });
    const link = `${settings.publicUrl}/confirm-email?token=${minted.text}`;
    await deps.outbox.add(
      stores,
      email,
      deps.writer.confirmEmail({ name, email, link, validDays: VALID_DAYS }),
    );
  }

  return {
    request,
    async resend(accountId) {
      await deps.throttle.attempt('confirm_account', accountId);
      await storage.write(async (stores) => {
        const account = await stores.identity.account(accountId);
        if (account && account.emailConfirmedAt === null)
          await request(stores, { accountId, email: account.email, name: account.name });
      });
    },
    async peek(token) {
      const found = await find(token);
      return found && { email: found.email };
    },
    async confirm(token, actor) {
      const found = await find(token);
      if (!found) return undefined;
      return storage.write(async (stores) => {
        const now = clock.now();
        if (!(await stores.identity.consumeOneTimeToken(found.key, now))) return undefined;
        if (!(await stores.identity.confirmEmail(found.accountId, found.email, now))) return undefined;
        await deps.audit(stores, actor, 'email.confirmed', { accountId: found.accountId });
        return { email: found.email };
      });
    },
  };
}
