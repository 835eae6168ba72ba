import { type Clock, type Micros, seconds } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import { seal, unseal } from '../../kernel/sealing.ts';
import type { Storage, Stores } from '../storage.ts';
import type { AccountRole, ChatRole, Mail } from './records.ts';
import type { SignInChange } from './sign_in_changes.ts';
import { loginSubject } from './throttling.ts';

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

/** What happened to somebody's membership, for the mail that tells them. */
export type MembershipNews =
  | { kind: 'roles_changed'; accountRole: AccountRole; chatRole: ChatRole }
  | { kind: 'suspended' | 'unsuspended' | 'approved' | 'removed' | 'left' }
  | { kind: 'became_owner'; from: string }
  | { kind: 'gave_ownership'; to: string };

/** Words and layout of the mails; implemented with the pages. */
export interface MailWriter {
  confirmEmail(view: { name: string; email: string; link: string; validDays: number }): MailContent;
  resetPassword(view: { name: string; email: string; link: string; validMinutes: number }): MailContent;
  signInChanged(view: {
    name: string;
    change: SignInChange;
    changedAt: Micros;
    securityUrl: string;
    forgotPasswordUrl: string;
  }): MailContent;
  passwordChanged(view: { name: string; changedAt: Micros; forgotPasswordUrl: string }): MailContent;
  /** `name` is empty for somebody without an account. */
  invitation(view: {
    name: string;
    email: string;
    organization: string;
    invitedBy: string;
    role: AccountRole;
    link: string;
    validDays: number;
  }): MailContent;
  /** To somebody whose account another person made: the link lets them choose a password. */
  accountCreated(view: {
    name: string;
    organization: string;
    createdBy: string;
    link: string;
    validDays: number;
  }): MailContent;
  /** To who may decide it. */
  invitationProposed(view: {
    name: string;
    organization: string;
    proposedBy: string;
    email: string;
    peopleUrl: string;
  }): MailContent;
  /** To a customer of an organization, whose name is empty where none is known. */
  verifyCustomerEmail(view: {
    name: string;
    organization: string;
    link: string;
    validDays: number;
  }): MailContent;
  /** To somebody who had no account: it is made, and the link chooses its password. */
  agentAdded(view: {
    name: string;
    organization: string;
    addedBy: string;
    awaitingApproval: boolean;
    link: string;
    validDays: number;
  }): MailContent;
  /** To those who could lift the suspension of an agent who asks for it. */
  unsuspensionAsked(view: {
    name: string;
    organization: string;
    agentName: string;
    agentEmail: string;
    agentsUrl: string;
  }): MailContent;
  membershipChanged(view: {
    name: string;
    organization: string;
    news: MembershipNews;
    accountUrl: string;
  }): MailContent;
}

/** The mail server of the address takes no mail for it, now and later. */
export class AddressRefused extends Error {}

/**
 * Hands a mail to the world. Throws when it could not; it is then tried again later, but for an address that was
 * refused: that one waits until somebody reactivates it.
 */
export interface MailTransport {
  send(mail: { recipient: string; subject: string; text: string; html: string }): Promise<void>;
}

export interface MailOutbox {
  /** Part of the unit of work that causes the mail: no mail without its cause, no cause without its mail. */
  add(stores: Stores, recipient: string, content: MailContent): Promise<void>;
  /** Sends what is due. @returns how many went out */
  deliver(transport: MailTransport): Promise<number>;
  /** The newest mails, readable: development mode shows them instead of sending. */
  latest(limit: number): Promise<Mail[]>;
  mail(key: number): Promise<Mail | undefined>;
}

const RETRY_AFTER = seconds(60);
/** How soon a mail goes out after its address was reactivated, at the latest. */
const RETRY_BOUNCED = seconds(600);
/** Longer than a mail server may take: a mail whose sender died in the middle goes out after that. */
const CLAIMED_FOR = seconds(120);
const BATCH = 20;

/** Mails carry links that are secrets, so that they lie sealed in the database until they are sent. */
export function mailOutbox(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  keyring: Keyring;
}): MailOutbox {
  const { storage, clock } = deps;
  const key = deps.keyring.derive('mail outbox');
  const open = (mail: Mail): Mail =>
    mail.text === '' ? mail : { ...mail, text: unseal(key, mail.text), html: unseal(key, mail.html) };

  return {
    add: (stores, recipient, content) =>
      stores.identity.addMail({
        key: deps.identifiers.key(),
        recipient,
        subject: content.subject,
        text: seal(key, deps.random, content.text),
        html: seal(key, deps.random, content.html),
        createdAt: clock.now(),
        sentAt: null,
      }),
    async deliver(transport) {
      const due = await storage.read.identity.mailsDue(clock.now(), BATCH);
      let sent = 0;
      for (const mail of due) {
        const now = clock.now();
        // Others may be sending, too: whoever claims a mail first sends it.
        if (!(await storage.write(({ identity }) => identity.claimMail(mail.key, now, now + CLAIMED_FOR))))
          continue;
        const email = loginSubject(mail.recipient);
        if (await storage.read.license.hasBounced(email)) {
          await storage.write((stores) =>
            stores.identity.postponeMail(mail.key, clock.now() + RETRY_BOUNCED),
          );
          continue;
        }
        try {
          // Opened one by one: one that cannot be read any more shall not hold up the others.
          await transport.send(open(mail));
          await storage.write((stores) => stores.identity.markMailSent(mail.key, clock.now()));
          sent += 1;
        } catch (error) {
          await storage.write(async (stores) => {
            if (error instanceof AddressRefused) await stores.license.noteBounce(email, clock.now());
            await stores.identity.postponeMail(mail.key, clock.now() + RETRY_AFTER);
          });
        }
      }
      return sent;
    },
    latest: async (limit) => (await storage.read.identity.latestMails(limit)).map(open),
    async mail(mailKey) {
      const mail = await storage.read.identity.mail(mailKey);
      return mail && open(mail);
    },
  };
}
