import type { GalleryEntry } from './gallery_samples.ts';
import { entry, olivia, signedIn } from './gallery_samples.ts';
import { homePage } from './home.ts';
import { confirmEmailPage, emailConfirmedPage, linkUnusablePage } from './mail_links.ts';
import { forgotPasswordPage, forgotPasswordSentPage, resetPasswordPage } from './passwords.ts';
import { signInPage } from './sign_in.ts';
import { signedOutPage, signOutPage } from './sign_out.ts';
import { signUpPage } from './sign_up.ts';
import { emailVerifiedPage, verificationUnusablePage, verifyEmailPage } from './verify_email.ts';

/** Signing up, in and out. */
export const entrance: GalleryEntry[] = [
  entry('home', homePage, { serverUrl: 'http://localhost:8080' }, { developmentMode: true }),
  entry('home_signed_in', homePage, { serverUrl: 'http://localhost:8080' }, signedIn),
  entry('sign_up', signUpPage, { passwordMinLength: 12 }),
  entry('sign_up_in_flow', signUpPage, {
    passwordMinLength: 12,
    handle: 'h-41c8',
    continueTo: 'Chat Insights',
  }),
  entry('sign_up_refused', signUpPage, {
    passwordMinLength: 12,
    values: { name: 'Olivia Owner', email: 'olivia@acme', company: '' },
    problems: [
      { field: 'email', message: 'Enter an email address with a domain, such as olivia@acme.example.' },
      { field: 'company', message: 'Enter the name of your company.' },
      { field: 'password', message: 'Choose a password that is harder to guess.' },
    ],
    passwordFeedback: {
      warning: 'This is similar to a commonly used password.',
      suggestions: [
        'Add more words that are less common.',
        'Avoid dates and years that are associated with you.',
      ],
    },
  }),
  entry('sign_in', signInPage, {}, { developmentMode: true }),
  entry('sign_in_in_flow', signInPage, {
    email: olivia.email,
    keepLoggedIn: true,
    handle: 'h',
    continueTo: 'Chat Insights',
  }),
  entry('sign_in_notice', signInPage, { notice: 'Your password was changed. Log in with the new one.' }),
  entry('sign_in_refused', signInPage, { email: olivia.email, failure: { kind: 'refused' } }),
  entry('sign_in_missing', signInPage, { failure: { kind: 'missing', fields: ['email', 'password'] } }),
  entry('sign_in_throttled', signInPage, {
    email: olivia.email,
    failure: { kind: 'throttled', seconds: 42 },
  }),
  entry('forgot_password', forgotPasswordPage, {}),
  entry('forgot_password_refused', forgotPasswordPage, {
    email: 'olivia',
    problems: [{ field: 'email', message: 'Enter an email address, such as olivia@acme.example.' }],
  }),
  entry(
    'forgot_password_sent',
    forgotPasswordSentPage,
    { email: olivia.email, validFor: '1 hour' },
    { developmentMode: true },
  ),
  entry('reset_password', resetPasswordPage, { token: 't0', email: olivia.email, passwordMinLength: 12 }),
  entry('reset_password_refused', resetPasswordPage, {
    token: 't0',
    email: olivia.email,
    passwordMinLength: 12,
    problems: [{ field: 'password', message: 'Use at least 12 characters.' }],
    passwordFeedback: { suggestions: ['Add more words that are less common.'] },
  }),
  entry('confirm_email', confirmEmailPage, { token: 't0', email: olivia.email }),
  entry('email_confirmed', emailConfirmedPage, { email: olivia.email }),
  entry('email_confirmed_signed_in', emailConfirmedPage, { email: olivia.email }, signedIn),
  entry('link_expired', linkUnusablePage, { purpose: 'reset_password', reason: 'expired' }),
  entry('link_used', linkUnusablePage, { purpose: 'confirm_email', reason: 'used' }),
  entry('link_unknown', linkUnusablePage, { purpose: 'confirm_email', reason: 'unknown' }),
  entry('verify_email', verifyEmailPage, { organizationId: 'o0', token: 't0', email: olivia.email }),
  entry('email_verified', emailVerifiedPage, { email: olivia.email }),
  entry('verification_unusable', verificationUnusablePage, {}),
  entry('sign_out', signOutPage, { email: olivia.email }, signedIn),
  entry(
    'sign_out_by_app',
    signOutPage,
    { email: olivia.email, app: { name: 'List Chats', hidden: { client_id: 'x' } } },
    signedIn,
  ),
  entry(
    'sign_out_by_unknown_app',
    signOutPage,
    { email: olivia.email, app: { name: undefined, hidden: {} } },
    signedIn,
  ),
  entry('signed_out', signedOutPage, {}),
  entry('signed_out_by_app', signedOutPage, {
    goOn: { address: 'https://www.example.com/bye', appName: 'List Chats' },
  }),
];
