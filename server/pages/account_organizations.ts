import { html } from 'htm/preact';
import { renderAccountPage } from './account.ts';
import { form, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { paths } from './paths.ts';
import type { AccountRole } from './roles.ts';
import { roleInWords } from './roles.ts';
import { initial, name, singleLine } from './text.ts';

export type OrganizationRow = {
  id: string;
  name: string;
  licenseId: number;
  role: AccountRole;
  suspended?: boolean | undefined;
};

export type AccountOrganizationsView = {
  organizations: readonly OrganizationRow[];
  notice?: string | undefined;
};

/** The organizations a person belongs to; "Leave" leads to a page that asks. */
export function accountOrganizationsPage(context: PageContext, view: AccountOrganizationsView): string {
  return renderAccountPage(context, {
    section: 'organizations',
    title: 'Organizations',
    heading: 'Organizations',
    lead: 'Where you work, and what you are there.',
    notice: view.notice,
    content:
      view.organizations.length === 0
        ? html`<div class="panel empty">
            <h2>You belong to no organization</h2>
            <p>Ask an owner or administrator of yours to invite ${
              context.signedInAs
                ? html`<span class="break">${name(context.signedInAs.email)}</span>`
                : 'this account'
            }.</p>
          </div>`
        : html`<ul class="panel entries">
            ${view.organizations.map(
              (one) => html`<li class="entry">
                <span class="tile" aria-hidden="true">${initial(one.name)}</span>
                <div class="entry-text">
                  <h2 class="entry-title">${name(one.name)}</h2>
                  <p><span class="badge">${roleInWords(one.role)}</span>${
                    one.suspended ? html` <span class="badge badge-warning">Suspended</span>` : null
                  }</p>
                  <dl class="inline-facts">
                    <div><dt>License id</dt><dd><code>${one.licenseId}</code></dd></div>
                    <div><dt>Organization id</dt><dd><code class="break">${singleLine(one.id)}</code></dd></div>
                  </dl>
                </div>
                <a class="button secondary" href=${`${paths.leaveOrganization}?organization_id=${encodeURIComponent(one.id)}`}>Leave<span class="visually-hidden"> ${name(one.name)}</span></a>
              </li>`,
            )}
          </ul>`,
  });
}

export type LeaveOrganizationView = {
  organization: { id: string; name: string };
  /** Apps that lose their access with it. */
  apps: readonly string[];
  /** Why it cannot be done now. */
  refused?: string | undefined;
};

/** Asks before a person leaves: posts `organization_id` to `/account/organizations/leave`. */
export function leaveOrganizationPage(context: PageContext, view: LeaveOrganizationView): string {
  const { organization, apps, refused } = view;
  return renderAccountPage(context, {
    section: 'organizations',
    title: `Leave ${organization.name}?`,
    heading: html`Leave ${name(organization.name)}?`,
    failed: refused !== undefined,
    content: html`<div class="panel">
      ${
        refused === undefined
          ? null
          : html`<div class="summary" role="alert"><h2>You cannot leave now</h2><p>${singleLine(refused)}</p></div>`
      }
      <p>You lose its chats, apps and settings at once. Only a new invitation brings you back; your account stays.</p>
      ${
        apps.length === 0
          ? html`<p>Your personal access tokens for it stop working for good.</p>`
          : html`<p>Your personal access tokens for it, and ${apps.length === 1 ? 'this app' : `these ${apps.length} apps`} that act for you there, stop working for good:</p>
              <ul>${apps.map((app) => html`<li>${name(app)}</li>`)}</ul>`
      }
      ${form(context, { action: paths.leaveOrganization, hidden: { organization_id: organization.id } }, [
        html`<div class="buttons">${submit('Leave', 'danger')}<a class="button secondary" href=${paths.accountOrganizations}>Stay</a></div>`,
      ])}
    </div>`,
  });
}
