import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { name } from './text.ts';

/** What a popup hands to the page that opened it. */
export type PopupDelivery = {
  /** Of the matched redirect URI: no page of another origin hears the message. */
  origin: string;
  /** As JSON, in the shape that the Accounts SDK listens for. */
  message: string;
  /** Of the app that the message is for. */
  appName: string;
};

/**
 * The last page of a popup: `popup.js` sends the message, takes it out of the document and, here, closes the
 * window. Who opened the window has scripts; who switched them off for this server reads why nothing happens.
 */
export function popupAnswerPage(context: PageContext, view: PopupDelivery): string {
  const app = name(view.appName);
  return renderPage(context, {
    title: `Back to ${view.appName}`,
    shape: 'gate',
    script: context.assets.popup,
    body: html`<div class="card" data-popup-message=${view.message} data-popup-origin=${view.origin} data-popup-closes>
      <h1>Back to ${app}</h1>
      ${outcomes(view.appName, 'It has its answer. You can close this window.')}
    </div>`,
  });
}

/** Below the explanation of a refusal, which stays open to be read. */
export function popupNotice(view: PopupDelivery): VNode {
  return html`<div class="popup-notice" data-popup-message=${view.message} data-popup-origin=${view.origin}>
    ${outcomes(view.appName, `${view.appName} knows. You can close this window.`)}
    <p class="buttons"><button type="button" class="button secondary" data-popup-close hidden>Close this window</button></p>
  </div>`;
}

/** Said by `popup.js`, which knows how it went. */
function outcomes(appName: string, sent: string): VNode {
  const app = name(appName);
  return html`<div role="status">
    <p data-popup-when="sent" hidden>${sent}</p>
    <p data-popup-when="lost" hidden>The page that opened this window is gone or out of reach, so that it could not be answered. Close this window and start again from ${app}.</p>
    <noscript><p>Without JavaScript this window cannot answer ${app}. Allow it for this site, close this window and start again from the app.</p></noscript>
  </div>`;
}
