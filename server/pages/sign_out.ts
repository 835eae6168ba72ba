import { html } from 'htm/preact';
import { form, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import { name } from './text.ts';

export type SignOutView = {
  email: string;
  /** Where an app asks (OpenID Connect): its name, if known, and what its request said. */
  app?: { name: string | undefined; hidden: Readonly<Record<string, string>> } | undefined;
};

/** Asks before signing out, so that a link of another site cannot do it: posts to `/signout`, or to the app's own. */
export function signOutPage(context: PageContext, view: SignOutView): string {
  return renderPage(context, {
    title: 'Sign out',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Sign out?</h1>
      ${
        view.app === undefined
          ? null
          : html`<p class="lead">${view.app.name === undefined ? 'An app' : name(view.app.name)} asks to sign you out of ${name(context.productName)}.</p>`
      }
      <p>You are logged in as <strong class="break">${name(view.email)}</strong> in this browser. Apps that you allowed keep their access.</p>
      ${form(
        context,
        view.app === undefined
          ? { action: paths.signOut }
          : { action: paths.confirmEndSession, hidden: view.app.hidden },
        [
          html`<div class="buttons buttons-even">${submit('Sign out')}<a class="button secondary" href=${paths.account}>Stay</a></div>`,
        ],
      )}
    </div>`,
  });
}

/** After signing out. @param goOn an app's own page to go on to, as it asked */
export function signedOutPage(
  context: PageContext,
  { goOn }: { goOn?: { address: string; appName: string } | undefined } = {},
): string {
  return renderPage(context, {
    title: 'Signed out',
    shape: 'gate',
    body: html`<div class="card">
      <h1>You are signed out</h1>
      <p>On a computer that others use, close the browser too.</p>
      <p class="buttons">${
        goOn === undefined
          ? html`<a class="button primary" href=${paths.signIn}>Log in again</a>`
          : html`<a class="button primary" href=${goOn.address} rel="noreferrer"><span>Go on to ${name(goOn.appName)}</span></a>`
      }</p>
    </div>`,
  });
}
