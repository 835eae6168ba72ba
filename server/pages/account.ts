import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { notice } from './forms.ts';
import type { PageContext } from './layout.ts';
import { consoleUrl, renderPage } from './layout.ts';
import { paths } from './paths.ts';

export type AccountSection = 'profile' | 'security' | 'sessions' | 'apps' | 'organizations';

const sections: readonly { key: AccountSection; label: string; href: string }[] = [
  { key: 'profile', label: 'Profile', href: paths.account },
  { key: 'security', label: 'Signing in', href: paths.accountSecurity },
  { key: 'sessions', label: 'Sessions', href: paths.accountSessions },
  { key: 'apps', label: 'Apps with access', href: paths.accountApps },
  { key: 'organizations', label: 'Organizations', href: paths.accountOrganizations },
];

export type AccountPageParts = {
  section: AccountSection;
  heading: ComponentChildren;
  title: string;
  lead?: ComponentChildren;
  /** Something was done: announced above the content. */
  notice?: string | undefined;
  failed?: boolean | undefined;
  /** A script of this page alone: its address. */
  script?: string | undefined;
  content: ComponentChildren;
};

/** The frame of all account pages: side navigation, heading, success notice. */
export function renderAccountPage(context: PageContext, parts: AccountPageParts): string {
  return renderPage(context, {
    title: parts.title,
    failed: parts.failed,
    shape: 'split',
    script: parts.script,
    body: html`
      <nav class="side" aria-label="Your account">
        <ul>
          ${sections.map(
            (one) =>
              html`<li><a href=${one.href} aria-current=${one.key === parts.section ? 'page' : undefined}>${one.label}</a></li>`,
          )}
          <li class="side-apart"><a href=${consoleUrl(context)}>Developer Console</a></li>
        </ul>
      </nav>
      <div class="content">
        <h1>${parts.heading}</h1>
        ${parts.lead ? html`<p class="lead">${parts.lead}</p>` : null}
        ${parts.notice === undefined ? null : notice(parts.notice)}
        ${parts.content}
      </div>
    `,
  });
}
