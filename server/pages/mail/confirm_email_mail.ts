import type { Mail } from './mail_frame.ts';
import { composeMail } from './mail_frame.ts';

export type ConfirmEmailMailView = {
  productName: string;
  name: string;
  /** Absolute address of `/confirm-email` with the token. */
  link: string;
  /** How long the link works, in words: `3 days`. */
  validFor: string;
};

/** Asks a new account's person to confirm the address. */
export function confirmEmailMail(view: ConfirmEmailMailView): Mail {
  return composeMail({
    productName: view.productName,
    subject: `Confirm your email for ${view.productName}`,
    to: view.name,
    before: [
      'Your account is ready. Please confirm that this address is yours, so that we can reach you when you forget your password.',
    ],
    link: { label: 'Confirm this address', url: view.link },
    after: [
      `The link works once, for ${view.validFor}.`,
      'You did not sign up? Then somebody typed your address by mistake. Ignore this mail.',
    ],
  });
}
