import { html } from 'htm/preact';
import { form, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { consoleUrl, renderPage } from './layout.ts';
import { paths } from './paths.ts';
import { name } from './text.ts';

export type ConfirmEmailView = {
  /** The single-use secret of the link; goes into a hidden `token`. */
  token: string;
  email: string;
};

/** Confirms by a button, since mail scanners open links: posts `token` to `/confirm-email`. */
export function confirmEmailPage(context: PageContext, view: ConfirmEmailView): string {
  return renderPage(context, {
    title: 'Confirm your email',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Confirm your email</h1>
      <p>Is <strong class="break">${name(view.email)}</strong> your address?</p>
      ${form(context, { action: paths.confirmEmail, hidden: { token: view.token } }, submit('Confirm this address'))}
      <p class="soft">If you did not sign up, close this page. Nothing happens.</p>
    </div>`,
  });
}

export type EmailConfirmedView = { email: string };

/** Thanks, and where to go on. */
export function emailConfirmedPage(context: PageContext, view: EmailConfirmedView): string {
  return renderPage(context, {
    title: 'Email confirmed',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Email confirmed</h1>
      <p><strong class="break">${name(view.email)}</strong> is yours. That is all.</p>
      ${
        context.signedInAs
          ? html`<p class="buttons"><a class="button primary" href=${consoleUrl(context)}>Open the Console</a><a class="button secondary" href=${paths.account}>Your account</a></p>`
          : html`<p class="buttons"><a class="button primary" href=${paths.signIn}>Log in</a></p>`
      }
    </div>`,
  });
}

export type LinkUnusableView = {
  purpose: 'reset_password' | 'confirm_email';
  /** `unknown` also stands for a link cut in half by a mail program. */
  reason: 'expired' | 'used' | 'unknown';
};

const reasons: Record<LinkUnusableView['reason'], { heading: string; because: string }> = {
  expired: {
    heading: 'This link has expired',
    because: 'Links work for a limited time, and this one is past it.',
  },
  used: { heading: 'This link was used already', because: 'Each link works once.' },
  unknown: {
    heading: 'This link does not work',
    because:
      'It may be incomplete: some mail programs cut long links. A newer link also replaces the older ones.',
  },
};

/** A link from a mail that cannot be used any more, and how to get another. */
export function linkUnusablePage(context: PageContext, view: LinkUnusableView): string {
  const { heading, because } = reasons[view.reason];
  const next =
    view.purpose === 'reset_password'
      ? {
          href: paths.forgotPassword,
          label: 'Send a new link',
          how: 'Ask for a new link; it takes a minute.',
        }
      : {
          href: paths.account,
          label: 'Open your profile',
          how:
            view.reason === 'used'
              ? 'Your address is probably confirmed: your profile shows it.'
              : 'Your profile has a button that sends a new link.',
        };
  return renderPage(context, {
    title: heading,
    failed: true,
    shape: 'gate',
    body: html`<div class="card">
      <h1>${heading}</h1>
      <p>${because} ${next.how}</p>
      <p class="buttons"><a class="button primary" href=${next.href}>${next.label}</a><a class="button secondary" href=${paths.signIn}>Log in</a></p>
    </div>`,
  });
}
