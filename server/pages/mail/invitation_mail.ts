import type { AccountRole } from '../roles.ts';
import { roleInSentence } from '../roles.ts';
import type { Mail } from './mail_frame.ts';
import { composeMail, mentioned } from './mail_frame.ts';

export type InvitationMailView = {
  productName: string;
  /** Empty for somebody without an account. */
  name: string;
  organization: string;
  invitedBy: string;
  role: AccountRole;
  /** Absolute address of `/invitation` with the token. */
  link: string;
  /** How long the link works, in words: `7 days`. */
  validFor: string;
};

/** Asks somebody into an organization. Its and the sender's names go to strangers: they may not advertise. */
export function invitationMail(view: InvitationMailView): Mail {
  const organization = mentioned(view.organization) ?? 'an organization';
  const sender = mentioned(view.invitedBy) ?? 'Somebody';
  return composeMail({
    productName: view.productName,
    subject: `Join ${organization} on ${view.productName}`,
    to: view.name,
    before: [`${sender} invites you to ${organization} as ${roleInSentence(view.role)}.`],
    link: { label: 'See the invitation', url: view.link },
    after: [
      `The link works once, for ${view.validFor}, and is meant for you alone: do not pass it on.`,
      'You do not know them? Ignore this mail, and nothing happens.',
    ],
  });
}
