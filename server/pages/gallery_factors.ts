import { accountConfirmPage } from './account_confirm.ts';
import { addPasskeyPage, removePasskeyPage, renamePasskeyPage } from './account_passkeys.ts';
import { accountSecurityPage } from './account_security.ts';
import { recoveryCodesPage, twoStepQuestionPage, twoStepSetupPage } from './account_two_step.ts';
import type { GalleryEntry } from './gallery_samples.ts';
import { entry, minutes, now, olivia, signedIn } from './gallery_samples.ts';
import { secondStepPage } from './second_step.ts';
import { signInPage } from './sign_in.ts';

const setup = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  address:
    'otpauth://totp/Gatehouse:olivia%40acme.example?issuer=Gatehouse&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
  sealed: 'c2VhbGVk',
};

const codes = ['k3m9x-0q7wz', 'p2hs4-vv81n', '7rj5c-b6yd0', 'ewq3t-4k9xm', '0zd8a-h5g2s'].flatMap((code) => [
  code,
  [...code].reverse().join(''),
]);

const passkeys = [
  {
    id: '1',
    name: 'Chrome on Windows',
    synced: false,
    createdAt: now - minutes(60 * 24 * 40),
    lastUsedAt: now - minutes(9),
  },
  {
    id: '2',
    name: 'The phone of Olivia with the long name and the blue cover, the older one',
    synced: true,
    createdAt: now - minutes(3),
    lastUsedAt: null,
  },
];

const second = { email: olivia.email, kind: 'totp', passkeys: false, keepLoggedIn: false } as const;

/** Second factors and passkeys: on the way in, and on the account pages. */
export const factors: GalleryEntry[] = [
  entry('sign_in_passkeys', signInPage, { passkeys: true, handle: 'h', continueTo: 'Chat Insights' }),
  entry('sign_in_passkey_refused', signInPage, {
    passkeys: true,
    failure: { kind: 'passkey', message: 'The passkey could not be checked. Try again.' },
  }),
  entry('second_step', secondStepPage, second),
  entry('second_step_in_flow', secondStepPage, {
    ...second,
    passkeys: true,
    handle: 'h-41c8',
    continueTo: 'Chat Insights',
  }),
  entry('second_step_refused', secondStepPage, {
    ...second,
    failure: { kind: 'refused', message: 'This code is wrong, or was used already. Wait for the next one.' },
  }),
  entry('second_step_throttled', secondStepPage, { ...second, failure: { kind: 'throttled', seconds: 840 } }),
  entry('second_step_recovery', secondStepPage, { ...second, kind: 'recovery', next: '/account' }),
  entry(
    'account_confirm',
    accountConfirmPage,
    { email: olivia.email, next: '/account', passkeys: true },
    signedIn,
  ),
  entry(
    'account_confirm_refused',
    accountConfirmPage,
    {
      email: olivia.email,
      next: '/account',
      passkeys: false,
      problems: [{ field: 'password', message: 'This is not your password.' }],
    },
    signedIn,
  ),
  entry('account_security_off', accountSecurityPage, { now, emailConfirmed: true, passkeys: [] }, signedIn),
  entry(
    'account_security_unconfirmed',
    accountSecurityPage,
    { now, emailConfirmed: false, passkeys: [] },
    signedIn,
  ),
  entry(
    'account_security_on',
    accountSecurityPage,
    {
      now,
      emailConfirmed: true,
      notice: 'The passkey was added. You can sign in with it from now on.',
      twoStep: { since: now - minutes(60 * 24 * 40), codesLeft: 8 },
      passkeys,
    },
    signedIn,
  ),
  entry(
    'account_security_last_codes',
    accountSecurityPage,
    {
      now,
      emailConfirmed: true,
      twoStep: { since: now, codesLeft: 0 },
      passkeys: [],
      passkeysUnavailableAt: 'http://192.0.2.7:8080',
    },
    signedIn,
  ),
  entry('two_step_setup', twoStepSetupPage, setup, signedIn),
  entry(
    'two_step_setup_refused',
    twoStepSetupPage,
    { ...setup, problems: [{ field: 'code', message: 'This code does not fit. Enter the six digits.' }] },
    signedIn,
  ),
  entry('recovery_codes', recoveryCodesPage, { codes, justTurnedOn: true }, signedIn),
  entry('two_step_off', twoStepQuestionPage, { kind: 'off' }, signedIn),
  entry('recovery_codes_renew', twoStepQuestionPage, { kind: 'renew' }, signedIn),
  entry('passkey_add', addPasskeyPage, { name: 'Chrome on Windows' }, signedIn),
  entry(
    'passkey_add_refused',
    addPasskeyPage,
    { name: 'Chrome on Windows', problems: [{ message: 'The passkey could not be checked. Try again.' }] },
    signedIn,
  ),
  entry('passkey_rename', renamePasskeyPage, { id: '1', name: 'Chrome on Windows' }, signedIn),
  entry('passkey_remove', removePasskeyPage, { id: '1', name: 'Chrome on Windows' }, signedIn),
];
