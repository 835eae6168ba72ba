import { html } from 'htm/preact';
import { form, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import { name } from './text.ts';

export type VerifyEmailView = {
  organizationId: string;
  /** The single-use secret of the link; goes into a hidden `token`. */
  token: string;
  email: string;
};

/** For a customer: confirms by a button, since mail scanners open links. Posts to `/verify-email`. */
export function verifyEmailPage(context: PageContext, view: VerifyEmailView): string {
  const hidden = { organization_id: view.organizationId, token: view.token };
  return renderPage(context, {
    title: 'Confirm your email',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Confirm your email</h1>
      <p>Is <strong class="break">${name(view.email)}</strong> your address?</p>
      ${form(context, { action: paths.verifyEmail, hidden }, submit('Yes, it is mine'))}
      <p class="soft">If you did not ask for this, close the page. Nothing happens.</p>
    </div>`,
  });
}

/** Thanks. A customer has no account to go on to. */
export function emailVerifiedPage(context: PageContext, view: { email: string }): string {
  return renderPage(context, {
    title: 'Email confirmed',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Email confirmed</h1>
      <p><strong class="break">${name(view.email)}</strong> is yours. Thank you: you can close this page.</p>
    </div>`,
  });
}

/** One page for a link that is unknown, used or too old. */
export function verificationUnusablePage(context: PageContext): string {
  return renderPage(context, {
    title: 'This link does not work',
    failed: true,
    shape: 'gate',
    body: html`<div class="card">
      <h1>This link does not work</h1>
      <p>Each link works once and for seven days, and only as long as your address stays the same. Some mail programs cut long links in half.</p>
      <p class="soft">If you clicked it before, your address is probably confirmed. Otherwise ask for a new link where you chat.</p>
    </div>`,
  });
}
