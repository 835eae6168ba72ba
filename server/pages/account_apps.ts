import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Micros } from '../kernel/clock.ts';
import { renderAccountPage } from './account.ts';
import { timeElement } from './format.ts';
import { form, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { consoleUrl } from './layout.ts';
import { paths } from './paths.ts';
import type { ScopeInWords } from './scope_list.ts';
import { scopeList } from './scope_list.ts';
import { initial, name, safeHref } from './text.ts';

export type AccountAppsView = {
  now: Micros;
  notice?: string | undefined;
  grants: readonly GrantRow[];
};

/** An app that a person allowed, in one organization. */
export type GrantRow = {
  id: string;
  appName: string;
  iconUrl?: string | null | undefined;
  organizationName: string;
  scopes: readonly ScopeInWords[];
  grantedAt: Micros;
  lastUsedAt: Micros | null;
};

function row(grant: GrantRow, now: Micros): VNode {
  const revoke = `${paths.revokeApp}?grant_id=${encodeURIComponent(grant.id)}`;
  return html`<li class="entry">
    ${
      grant.iconUrl
        ? html`<img class="tile" src=${safeHref(grant.iconUrl)} alt="" width="44" height="44" />`
        : html`<span class="tile" aria-hidden="true">${initial(grant.appName)}</span>`
    }
    <div class="entry-text">
      <h2 class="entry-title">${name(grant.appName)}</h2>
      <p class="soft">in ${name(grant.organizationName)} · allowed ${timeElement(grant.grantedAt, now)} · ${grant.lastUsedAt === null ? 'never used' : html`last used ${timeElement(grant.lastUsedAt, now)}`}</p>
      <details>
        <summary>What it can do<span class="visually-hidden">: ${name(grant.appName)}</span></summary>
        ${scopeList(grant.scopes, 3)}
      </details>
    </div>
    <a class="button secondary" href=${revoke}>Revoke<span class="visually-hidden"> access of ${name(grant.appName)}</span></a>
  </li>`;
}

/** Apps with access; "Revoke" leads to a page that asks. */
export function accountAppsPage(context: PageContext, view: AccountAppsView): string {
  return renderAccountPage(context, {
    section: 'apps',
    title: 'Apps with access',
    heading: 'Apps with access',
    lead: 'Apps that you allowed to act for you, each in one organization.',
    notice: view.notice,
    content:
      view.grants.length === 0
        ? html`<div class="panel empty">
            <h2>No app has access</h2>
            <p>When you allow an app, it stands here with what it can do, and you can take the access back.</p>
            <p><a class="button secondary" href=${consoleUrl(context)}>Make an app in the Console</a></p>
          </div>`
        : html`<ul class="panel entries">${view.grants.map((grant) => row(grant, view.now))}</ul>`,
  });
}

export type RevokeAppView = { grant: GrantRow; now: Micros };

/** Asks before access is taken back: posts `grant_id` to `/account/apps/revoke`. */
export function revokeAppPage(context: PageContext, view: RevokeAppView): string {
  const { grant } = view;
  return renderAccountPage(context, {
    section: 'apps',
    title: `Revoke the access of ${grant.appName}?`,
    heading: html`Revoke the access of ${name(grant.appName)}?`,
    content: html`<div class="panel">
      <p>All its tokens for you in ${name(grant.organizationName)} stop working at once. It can ask you again, and you can refuse.</p>
      <p>It can now:</p>
      ${scopeList(grant.scopes, 2)}
      ${form(context, { action: paths.revokeApp, hidden: { grant_id: grant.id } }, [
        html`<div class="buttons">${submit('Revoke access', 'danger')}<a class="button secondary" href=${paths.accountApps}>Keep it</a></div>`,
      ])}
    </div>`,
  });
}
