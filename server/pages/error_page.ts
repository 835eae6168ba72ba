import { html } from 'htm/preact';
import { waitInWords } from './format.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import { safeHref, singleLine } from './text.ts';

/** `csrf` is the 400 of a form whose token is missing or too old. */
export type ErrorKind = 400 | 403 | 404 | 405 | 413 | 415 | 429 | 500 | 503 | 'csrf';

export type ErrorView = {
  kind: ErrorKind;
  requestId: string;
  /** For 429 and 503, as in `Retry-After`. */
  retryAfterSeconds?: number | undefined;
  /** What exactly was wrong, where that helps the person: a sentence. */
  detail?: string | undefined;
  /** Where "try again" leads: the form's own page. A path. */
  backHref?: string | undefined;
};

const words: Record<ErrorKind, { heading: string; what: string }> = {
  400: {
    heading: 'The request was not understood',
    what: 'Something in it is missing, doubled or malformed.',
  },
  403: {
    heading: 'Not allowed',
    what: 'Your account may not see this page. An owner or administrator of your organization can help.',
  },
  404: {
    heading: 'Nothing here',
    what: 'No page has this address. It may have moved, or the link has a typing error.',
  },
  405: {
    heading: 'Not in this way',
    what: 'This address exists, but not for this kind of request. It usually follows a form sent twice or a page opened out of turn.',
  },
  413: { heading: 'Too large', what: 'What was sent is larger than this server takes.' },
  415: { heading: 'Unknown form of data', what: 'This page takes only what its own form sends.' },
  429: { heading: 'Too many requests', what: 'You were faster than this server allows.' },
  500: {
    heading: 'Something broke',
    what: 'It is our fault, not yours, and it has been written down. Nothing was changed halfway.',
  },
  503: { heading: 'Not available right now', what: 'This server is starting, stopping or busy.' },
  csrf: {
    heading: 'The page was open too long',
    what: 'For your safety its form works only for a while, and only in the browser that opened it. Nothing was changed. Go back and try again.',
  },
};

/** Any refusal that is not a form's own: one page, in plain words, with the request id. */
export function errorPage(context: PageContext, view: ErrorView): string {
  const { heading, what } = words[view.kind];
  const wait =
    view.retryAfterSeconds === undefined
      ? view.kind === 429 || view.kind === 503
        ? 'Wait a moment, then try again.'
        : null
      : `Try again in ${waitInWords(view.retryAfterSeconds)}.`;
  return renderPage(context, {
    title: heading,
    failed: true,
    shape: 'gate',
    body: html`<div class="card">
      <p class="status-code">${view.kind === 'csrf' ? 400 : view.kind}</p>
      <h1>${heading}</h1>
      <p>${what}${wait === null ? null : ` ${wait}`}</p>
      ${view.detail === undefined ? null : html`<p class="detail">${view.detail}</p>`}
      <p class="buttons">
        ${view.backHref === undefined ? null : html`<a class="button primary" href=${safeHref(view.backHref)}>Go back and try again</a>`}
        <a class=${`button ${view.backHref === undefined ? 'primary' : 'secondary'}`} href=${paths.home}>To the start</a>
      </p>
      <dl class="facts facts-small"><div><dt>Request id</dt><dd><code class="break">${singleLine(view.requestId)}</code></dd></div></dl>
    </div>`,
  });
}
