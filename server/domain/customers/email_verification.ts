import { days, type Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { MailOutbox, MailWriter } from '../identity/mail_outbox.ts';
import type { Actor } from '../identity/records.ts';
import { loginSubject } from '../identity/throttling.ts';
import type { ServerSettings } from '../server_settings.ts';
import { type CustomerDeps, customerGone } from './customer_deps.ts';
import { seen } from './customer_visit.ts';
import type { EmailVerification } from './email_verification_store.ts';
import { httpAddressProblem } from './field_rules.ts';
import type { OwnCustomer } from './update_customer.ts';

const VALID_DAYS = 7;
const LONGEST_URI = 2048;
/** Of the requests that one link settles, the newest ones are told of (docs: #request-email-verification). */
const MOST_CALLBACKS = 10;

/** Proves that the e-mail of a customer is theirs, by a link that is sent there. */
export interface EmailVerifications {
  /**
   * Mails a link; a customer whose e-mail is verified is not asked again, and the callback goes out at once. The
   * answer is the same.
   * @throws GatehouseError `validation`, `too_many_requests`
   */
  request(customer: OwnCustomer, callbackUri: string): Promise<void>;
  /** Looks without using it up, for the page that asks. */
  peek(organizationId: string, token: string): Promise<{ email: string } | undefined>;
  /** @returns the e-mail that is verified now; undefined when the link is wrong, used or too old, or the e-mail another */
  verify(organizationId: string, token: string, actor: Actor): Promise<{ email: string } | undefined>;
}

export interface EmailVerificationDeps extends CustomerDeps {
  tokens: OpaqueTokens;
  outbox: MailOutbox;
  writer: MailWriter;
  settings: ServerSettings;
  /** Undefined where there is no such organization. */
  licenseOf(organizationId: string): Promise<number | undefined>;
}

interface Found {
  licenseId: number;
  verification: EmailVerification;
}

export function emailVerifications(deps: EmailVerificationDeps): EmailVerifications {
  const { storage, clock, tokens, throttle, settings } = deps;

  async function find(organizationId: string, token: string): Promise<Found | undefined> {
    const parsed = tokens.parse(token);
    if (parsed?.kind !== 'one_time') return undefined;
    const licenseId = await deps.licenseOf(organizationId);
    if (licenseId === undefined) return undefined;
    const verification = await storage.read.visitors(licenseId).emailVerification(parsed.key);
    if (!verification || !sameSecret(parsed.secretHash, verification.secretHash)) return undefined;
    // The callback may live on with a later request; the link does not.
    const isDead =
      verification.consumedAt !== null || verification.createdAt + days(VALID_DAYS) <= clock.now();
    return isDead ? undefined : { licenseId, verification };
  }

  /** Nobody waits for it, and it is not tried again (docs: #request-email-verification). */
  function callBack(uris: readonly string[], email: string): void {
    const json = JSON.stringify({ email });
    for (const uri of uris) deps.outgoing.post(uri, json).catch(() => {});
  }

  async function count({ licenseId, customerId, sighting }: OwnCustomer, email: string): Promise<void> {
    await throttle.attempt('verify_customer', `${licenseId}:${customerId}`);
    await throttle.attempt('verify_customer_email', loginSubject(email));
    if (sighting.ip !== null) await throttle.attempt('verify_customer_address', sighting.ip);
  }

  async function mail(customer: OwnCustomer, callbackUri: string, now: Micros): Promise<string | undefined> {
    const { licenseId, customerId, sighting } = customer;
    const organization = await storage.read.identity.organization(licenseId);
    const key = deps.identifiers.key();
    const minted = tokens.mint('one_time', key);
    return storage.write(async (stores) => {
      const store = stores.visitors(licenseId);
      const found = await stores.chats(licenseId).lockCustomer(customerId);
      if (!found || !organization) throw customerGone();
      const { email, name, emailVerified } = found;
      if (email === null) throw noEmail();
      await stores.chats(licenseId).saveCustomer(seen(found, sighting, now));
      if (emailVerified) return email;
      await store.clearEmailVerifications(now);
      await store.addEmailVerification({
        key,
        customerId,
        email,
        secretHash: minted.secretHash,
        callbackUri,
        createdAt: now,
        expiresAt: now + days(VALID_DAYS),
      });
      const query = new URLSearchParams({ organization_id: organization.id, token: minted.text });
      await deps.outbox.add(
        stores,
        email,
        deps.writer.verifyCustomerEmail({
          name: name ?? '',
          organization: organization.name,
          link: `${settings.publicUrl}/verify-email?${query}`,
          validDays: VALID_DAYS,
        }),
      );
      return undefined;
    });
  }

  return {
    async request(customer, callbackUri) {
      const problem = httpAddressProblem(callbackUri, LONGEST_URI);
      if (problem) throw invalid('callback_uri', problem);
      const found = await storage.read.chats(customer.licenseId).customer(customer.customerId);
      if (!found) throw customerGone();
      if (found.email === null) throw noEmail();
      await count(customer, found.email);
      const verified = await mail(customer, callbackUri, clock.now());
      if (verified !== undefined) callBack([callbackUri], verified);
    },

    async peek(organizationId, token) {
      const found = await find(organizationId, token);
      return found && { email: found.verification.email };
    },

    async verify(organizationId, token, actor) {
      const found = await find(organizationId, token);
      if (!found) return undefined;
      const { licenseId, verification } = found;
      const { key, customerId, email } = verification;
      const settled = await storage.write(async (stores) => {
        const customer = await stores.chats(licenseId).lockCustomer(customerId);
        const now = clock.now();
        if (!(await stores.visitors(licenseId).consumeEmailVerification(key, now))) return undefined;
        // Who wrote another e-mail since then has not proved that one.
        if (customer?.email !== email) return undefined;
        await stores.chats(licenseId).saveCustomer({ ...customer, emailVerified: true });
        await deps.audit(stores, actor, 'customer.email_verified', {
          licenseId,
          accountId: null,
          detail: { customer_id: customerId },
        });
        return stores.visitors(licenseId).consumeEmailVerificationsOf(customerId, email, now);
      });
      if (!settled) return undefined;
      const newest = [verification, ...settled].sort((one, other) => other.key - one.key);
      callBack(
        newest.slice(0, MOST_CALLBACKS).map(({ callbackUri }) => callbackUri),
        email,
      );
      return { email };
    },
  };
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}

function noEmail(): GatehouseError {
  return new GatehouseError(
    'validation',
    'You have no e-mail that could be verified. Set one by update_customer.',
  );
}
