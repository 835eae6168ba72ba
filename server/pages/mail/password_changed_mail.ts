import type { Micros } from '../../kernel/clock.ts';
import { momentInWords } from '../format.ts';
import type { Mail } from './mail_frame.ts';
import { composeMail } from './mail_frame.ts';

export type PasswordChangedMailView = {
  productName: string;
  name: string;
  changedAt: Micros;
  /** Absolute address of `/forgot-password`, for a person who did not do it. */
  forgotPasswordUrl: string;
};

/** Tells the account's person that the password is another one now. */
export function passwordChangedMail(view: PasswordChangedMailView): Mail {
  return composeMail({
    productName: view.productName,
    subject: `Your ${view.productName} password was changed`,
    to: view.name,
    before: [
      `Your password was changed on ${momentInWords(view.changedAt)}, and all other sessions were signed out.`,
      'Was it you? Then there is nothing to do. If not, set a new password right now:',
    ],
    link: { label: 'Set a new password', url: view.forgotPasswordUrl },
    after: [],
  });
}
