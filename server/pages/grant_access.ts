import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { form } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import type { ScopeInWords } from './scope_list.ts';
import { scopeList } from './scope_list.ts';
import { initial, name, safeHref } from './text.ts';

export type GrantAccessView = {
  handle: string;
  app: {
    name: string;
    iconUrl?: string | null | undefined;
    /**
     * `private`: of the person's own organization. `unverified`: anybody may have made it. `registered`: it
     * registered itself in that organization, and gave itself its name.
     */
    trust: 'private' | 'unverified' | 'registered';
    /** Name of the organization that made the app. */
    madeBy?: string | undefined;
  };
  account: { name: string; email: string };
  organization: { name: string };
  /** What would be granted after dropping what the role does not allow; `isNew` where the list grew. */
  scopes: readonly ScopeInWords[];
  redirect: RedirectTarget;
};

/**
 * Where the person goes next. `web`: host name; `loopback`: host and port; `native`: the custom scheme. `opener`:
 * they stay, and the page of this host (and port, on a loopback one) that opened the popup is told.
 */
export type RedirectTarget = { kind: 'web' | 'loopback' | 'native' | 'opener'; target: string };

function redirectInWords(redirect: RedirectTarget): VNode {
  const target = html`<strong class="break">${name(redirect.target)}</strong>`;
  switch (redirect.kind) {
    case 'web':
      return html`<p>You will be sent to ${target}.</p>`;
    case 'loopback':
      return html`<p>You will be sent to a program on this computer, ${target}.</p>`;
    case 'opener':
      return html`<p>The answer goes to the page of ${target} that opened this window.</p>`;
    case 'native':
      return html`<p>You will be sent to the program on this device that opens ${target} links.</p>`;
  }
}

export function appTile(app: GrantAccessView['app']): VNode {
  return app.iconUrl
    ? html`<img class="tile tile-large" src=${safeHref(app.iconUrl)} alt="" width="64" height="64" />`
    : html`<span class="tile tile-large" aria-hidden="true">${initial(app.name)}</span>`;
}

export function trustInWords(app: GrantAccessView['app']): VNode {
  const { madeBy } = app;
  if (app.trust === 'registered')
    return html`<p class="trust"><span class="badge badge-warning">Unverified app</span><span>It registered itself${
      madeBy === undefined ? null : html` with ${name(madeBy)}`
    } and chose its own name. Nobody has checked it. Allow it only if you started this yourself and know who runs it.</span></p>`;
  return app.trust === 'private'
    ? html`<p class="trust"><span class="badge">Private app</span><span>${
        madeBy === undefined
          ? 'For the people of one organization only.'
          : html`Made by ${name(madeBy)} for its own people.`
      }</span></p>`
    : html`<p class="trust"><span class="badge badge-warning">Unverified app</span><span>${
        madeBy === undefined ? null : html`Made by ${name(madeBy)}. `
      }Nobody has checked it. Allow it only if you know who runs it.</span></p>`;
}

/** Consent: posts `handle` and `decision` (`allow`, `cancel` or `switch_account`) to `/grant-access`. */
export function grantAccessPage(context: PageContext, view: GrantAccessView): string {
  const grew = view.scopes.some((scope) => scope.isNew) && view.scopes.some((scope) => !scope.isNew);
  return renderPage(context, {
    title: `Allow ${view.app.name} to access your account?`,
    shape: 'gate',
    body: html`<div class="card card-roomy">
      <div class="consent-head">${appTile(view.app)}<h1>Allow ${name(view.app.name)} to access your account?</h1></div>
      ${trustInWords(view.app)}
      <p>In the organization <strong>${name(view.organization.name)}</strong>, ${grew ? 'it now asks for more than you allowed before. It will be able to:' : 'it will be able to:'}</p>
      ${scopeList(view.scopes, 2)}
      <p class="soft">It never gets more than your own role allows. You can take the access back any time on your account page.</p>
      <div class="redirect">${redirectInWords(view.redirect)}</div>
      ${form(context, { action: paths.grantAccess, handle: view.handle }, [
        html`<div class="buttons buttons-even">
          <button type="submit" class="button primary" name="decision" value="allow">Allow</button>
          <button type="submit" class="button secondary" name="decision" value="cancel">Cancel</button>
        </div>`,
        html`<p class="after"><span>Logged in as <span class="break">${name(view.account.email)}</span>.</span><button type="submit" class="link" name="decision" value="switch_account">Not you? Sign in with another account</button></p>`,
      ])}
    </div>`,
  });
}
