import type { Mail } from './mail_frame.ts';
import { composeMail, mentioned } from './mail_frame.ts';

export type VerifyCustomerEmailMailView = {
  productName: string;
  /** Empty for a customer without one. */
  name: string;
  organization: string;
  /** Absolute address of `/verify-email` with the token. */
  link: string;
  /** How long the link works, in words: `7 days`. */
  validFor: string;
};

/** Asks a customer to confirm their address. The names go to strangers: they may not advertise. */
export function verifyCustomerEmailMail(view: VerifyCustomerEmailMailView): Mail {
  const organization = mentioned(view.organization) ?? 'an organization';
  return composeMail({
    productName: view.productName,
    subject: `Confirm your email for ${organization}`,
    to: view.name,
    before: [
      `Somebody who chats with ${organization} says that this address is theirs. If that is you, please confirm it.`,
    ],
    link: { label: 'Confirm this address', url: view.link },
    after: [
      `The link works once, for ${view.validFor}.`,
      'It was not you? Ignore this mail, and nothing happens.',
    ],
  });
}
