import type { Mail } from './mail_frame.ts';
import { composeMail } from './mail_frame.ts';

export type ResetPasswordMailView = {
  productName: string;
  name: string;
  /** Absolute address of `/reset-password` with the token. */
  link: string;
  /** How long the link works, in words: `1 hour`. */
  validFor: string;
};

/** Brings the single-use link that somebody asked for at `/forgot-password`. */
export function resetPasswordMail(view: ResetPasswordMailView): Mail {
  return composeMail({
    productName: view.productName,
    subject: `Set a new password for ${view.productName}`,
    to: view.name,
    before: ['Somebody, most likely you, asked for a new password for the account of this address.'],
    link: { label: 'Set a new password', url: view.link },
    after: [
      `The link works once, for ${view.validFor}.`,
      'It was not you? Ignore this mail: your password stays as it is.',
    ],
  });
}
