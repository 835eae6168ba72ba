import { html } from 'htm/preact';
import { renderAccountPage } from './account.ts';
import type { PageContext } from './layout.ts';
import type { AccountRole } from './roles.ts';
import { roleInWords } from './roles.ts';
import { initial, name, singleLine } from './text.ts';

export type AccountOrganizationsView = {
  organizations: readonly { id: string; name: string; licenseId: number; role: AccountRole }[];
};

/** The organizations a person belongs to. */
export function accountOrganizationsPage(context: PageContext, view: AccountOrganizationsView): string {
  return renderAccountPage(context, {
    section: 'organizations',
    title: 'Organizations',
    heading: 'Organizations',
    lead: 'Where you work, and what you are there.',
    content:
      view.organizations.length === 0
        ? html`<div class="panel empty">
            <h2>You belong to no organization</h2>
            <p>Ask an owner or administrator of yours to add this account.</p>
          </div>`
        : html`<ul class="panel entries">
            ${view.organizations.map(
              (one) => html`<li class="entry">
                <span class="tile" aria-hidden="true">${initial(one.name)}</span>
                <div class="entry-text">
                  <h2 class="entry-title">${name(one.name)}</h2>
                  <dl class="inline-facts">
                    <div><dt>License id</dt><dd><code>${one.licenseId}</code></dd></div>
                    <div><dt>Organization id</dt><dd><code class="break">${singleLine(one.id)}</code></dd></div>
                  </dl>
                </div>
                <span class="badge">${roleInWords(one.role)}</span>
              </li>`,
            )}
          </ul>`,
  });
}
