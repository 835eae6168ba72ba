import { html } from 'htm/preact';
import type { ComponentChild } from 'preact';
import type { Micros } from '../kernel/clock.ts';
import { timeElement } from './format.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import { name, safeHref, singleLine } from './text.ts';

export type DevMailListView = {
  now: Micros;
  /** Newest first. */
  mails: readonly { id: string; to: string; subject: string; sentAt: Micros }[];
};

/** Development mode: the mails this server would have sent. */
export function devMailListPage(context: PageContext, view: DevMailListView): string {
  return renderPage(context, {
    title: 'Mail',
    shape: 'wide',
    body: html`
      <h1>Mail</h1>
      <p class="lead">In development mode mail is kept here instead of sent.</p>
      ${
        view.mails.length === 0
          ? html`<div class="panel empty">
              <h2>No mail yet</h2>
              <p>Sign up or ask for a new password, and the mail lands here.</p>
              <p class="buttons buttons-centred"><a class="button secondary" href=${paths.signUp}>Sign up</a><a class="button secondary" href=${paths.forgotPassword}>Forgot password</a></p>
            </div>`
          : html`<ul class="panel entries">
              ${view.mails.map(
                (mail) => html`<li class="entry">
                  <div class="entry-text">
                    <h2 class="entry-title"><a class="entry-link" href=${`${paths.devMail}/${encodeURIComponent(mail.id)}`}>${name(mail.subject)}</a></h2>
                    <p class="soft">to <span class="break">${name(mail.to)}</span> · ${timeElement(mail.sentAt, view.now)}</p>
                  </div>
                </li>`,
              )}
            </ul>`
      }
    `,
  });
}

export type DevMailView = {
  headers: readonly { name: string; value: string }[];
  subject: string;
  text: string;
};

/** Text with its http(s) addresses made into links; a closing dot or bracket stays outside. */
export function withLinks(text: string): ComponentChild[] {
  const pieces = text.split(/(https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}])/g);
  return pieces.map((piece, index) =>
    index % 2 === 1 ? html`<a href=${safeHref(piece)}>${piece}</a>` : piece,
  );
}

/** One mail as plain text, its links ready to click. */
export function devMailPage(context: PageContext, view: DevMailView): string {
  return renderPage(context, {
    title: view.subject,
    shape: 'wide',
    body: html`
      <p><a class="quiet" href=${paths.devMail}>All mail</a></p>
      <h1>${name(view.subject)}</h1>
      <div class="panel">
        <dl class="facts facts-small mail-headers">
          ${view.headers.map((header) => html`<div><dt>${singleLine(header.name)}</dt><dd class="break">${name(header.value)}</dd></div>`)}
        </dl>
        <pre class="mail-text" tabindex="0" role="region" aria-label="Text of the mail">${withLinks(view.text)}</pre>
      </div>
    `,
  });
}
