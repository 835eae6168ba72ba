import type { Mail } from './mail_frame.ts';
import { composeMail, mentioned } from './mail_frame.ts';

export type AccountCreatedMailView = {
  productName: string;
  name: string;
  organization: string;
  createdBy: string;
  /** Absolute address of `/reset-password` with the token. */
  link: string;
  /** How long the link works, in words: `7 days`. */
  validFor: string;
};

/** Tells somebody that there is an account for them, and lets them choose its password. */
export function accountCreatedMail(view: AccountCreatedMailView): Mail {
  const organization = mentioned(view.organization) ?? 'an organization';
  const sender = mentioned(view.createdBy) ?? 'Somebody';
  return composeMail({
    productName: view.productName,
    subject: `Your account for ${organization} on ${view.productName}`,
    to: mentioned(view.name) ?? '',
    before: [`${sender} made an account for you in ${organization}. Choose a password, and you can log in.`],
    link: { label: 'Choose a password', url: view.link },
    after: [
      `The link works once, for ${view.validFor}. Later, “Forgot your password?” on the login page sends another.`,
      'You do not know them? Ignore this mail: without a password nobody can log in.',
    ],
  });
}
