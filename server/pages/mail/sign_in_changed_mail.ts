import type { Micros } from '../../kernel/clock.ts';
import { counted, momentInWords } from '../format.ts';
import type { Mail } from './mail_frame.ts';
import { composeMail } from './mail_frame.ts';

export type SignInChangedMailView = {
  productName: string;
  name: string;
  change:
    | { kind: Exclude<keyof typeof WORDS, 'recovery_code_used'> }
    | { kind: 'recovery_code_used'; left: number };
  changedAt: Micros;
  /** Absolute address of `/account/security`. */
  securityUrl: string;
  /** Absolute address of `/forgot-password`, for a person who did not do it. */
  forgotPasswordUrl: string;
};

const WORDS = {
  two_step_on: [
    'Two-step sign-in is on',
    'Two-step sign-in was turned on, and all other sessions were signed out.',
  ],
  two_step_off: [
    'Two-step sign-in is off',
    'Two-step sign-in was turned off, and all other sessions were signed out. The password alone opens your account now.',
  ],
  recovery_codes_made: [
    'You have new recovery codes',
    'New recovery codes were made for your account. The older ones do not work any more.',
  ],
  recovery_code_used: ['A recovery code was used', 'A recovery code was used to log in to your account.'],
  passkey_added: [
    'A passkey was added',
    'A passkey was added to your account. It opens the account without the password.',
  ],
  passkey_removed: [
    'A passkey was removed',
    'A passkey was removed from your account, and all other sessions were signed out.',
  ],
  factors_cleared: [
    'Two-step sign-in was removed',
    'The operator of this server has removed two-step sign-in and all passkeys from your account, and signed out all sessions. The password alone opens your account now.',
  ],
} as const;

/** Tells an account's person that another way in is open now, or closed. */
export function signInChangedMail(view: SignInChangedMailView): Mail {
  const { change, productName } = view;
  const [subject, sentence] = WORDS[change.kind];
  const left =
    change.kind === 'recovery_code_used'
      ? [
          change.left === 0
            ? 'It was the last one. Make new ones on your account page.'
            : `${counted(change.left, 'code')} left.`,
        ]
      : [];
  return composeMail({
    productName,
    subject: `${subject}: your ${productName} account`,
    to: view.name,
    before: [
      `${sentence} This was on ${momentInWords(view.changedAt)}.`,
      ...left,
      'Was it you? Then there is nothing to do.',
    ],
    link: { label: 'Look at how your account is opened', url: view.securityUrl },
    after: [`If it was not you, set a new password right now: ${view.forgotPasswordUrl}`],
  });
}
