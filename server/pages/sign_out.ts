import { html } from 'htm/preact';
import { form, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import { name } from './text.ts';

export type SignOutView = { email: string };

/** Asks before signing out, so that a link of another site cannot do it: posts to `/signout`. */
export function signOutPage(context: PageContext, view: SignOutView): string {
  return renderPage(context, {
    title: 'Sign out',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Sign out?</h1>
      <p>You are logged in as <strong class="break">${name(view.email)}</strong> in this browser. Apps that you allowed keep their access.</p>
      ${form(context, { action: paths.signOut }, [
        html`<div class="buttons buttons-even">${submit('Sign out')}<a class="button secondary" href=${paths.account}>Stay</a></div>`,
      ])}
    </div>`,
  });
}

/** After signing out. */
export function signedOutPage(context: PageContext): string {
  return renderPage(context, {
    title: 'Signed out',
    shape: 'gate',
    body: html`<div class="card">
      <h1>You are signed out</h1>
      <p>On a computer that others use, close the browser too.</p>
      <p class="buttons"><a class="button primary" href=${paths.signIn}>Log in again</a></p>
    </div>`,
  });
}
