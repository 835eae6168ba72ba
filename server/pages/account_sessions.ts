import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Micros } from '../kernel/clock.ts';
import { renderAccountPage } from './account.ts';
import { timeElement, userAgentInWords } from './format.ts';
import { form } from './forms.ts';
import type { PageContext } from './layout.ts';
import { paths } from './paths.ts';
import { singleLine } from './text.ts';

export type AccountSessionsView = {
  now: Micros;
  notice?: string | undefined;
  /** Newest first; the one that asks is `current`. */
  sessions: readonly SessionRow[];
};

export type SessionRow = {
  id: string;
  current: boolean;
  userAgent: string | null;
  /** Address that the session was last seen from. */
  address: string | null;
  startedAt: Micros;
  lastSeenAt: Micros;
  /** Names of the apps that were connected in it. */
  apps: readonly string[];
};

function row(context: PageContext, session: SessionRow, now: Micros): VNode {
  const device = userAgentInWords(session.userAgent);
  return html`<li class="entry">
    <div class="entry-text">
      <h2 class="entry-title" title=${singleLine(session.userAgent ?? '')}>${device}${session.current ? html`${' '}<span class="badge badge-good">This one</span>` : null}</h2>
      <p class="soft">${session.current ? 'Active now' : html`Last seen ${timeElement(session.lastSeenAt, now)}`} · ${singleLine(session.address ?? '') || 'unknown address'} · logged in ${timeElement(session.startedAt, now)}</p>
      ${session.apps.length === 0 ? null : html`<p class="soft">Apps connected here: ${session.apps.map(singleLine).join(', ')}</p>`}
    </div>
    ${
      session.current
        ? html`<a class="button secondary" href=${paths.signOut}>Sign out</a>`
        : form(
            context,
            { action: paths.signOutSession, hidden: { session_id: session.id }, className: 'entry-action' },
            html`<button type="submit" class="button secondary">Sign out<span class="visually-hidden"> ${device}</span></button>`,
          )
    }
  </li>`;
}

/** Sessions: posts `session_id` to `/account/sessions/sign-out`, nothing to `/account/sessions/sign-out-others`. */
export function accountSessionsPage(context: PageContext, view: AccountSessionsView): string {
  const others = view.sessions.filter((session) => !session.current);
  return renderAccountPage(context, {
    section: 'sessions',
    title: 'Sessions',
    heading: 'Sessions',
    lead: 'Browsers that are logged in to your account. Sign out what you do not know, and change your password. Apps that were connected in a session lose their access with it.',
    notice: view.notice,
    content: html`
      <ul class="panel entries">${view.sessions.map((session) => row(context, session, view.now))}</ul>
      ${
        others.length === 0
          ? html`<p class="soft">You are logged in nowhere else.</p>`
          : form(
              context,
              { action: paths.signOutOtherSessions },
              html`<button type="submit" class="button danger">Sign out everywhere else</button>`,
            )
      }
    `,
  });
}
