import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Split } from './first_difference.ts';
import { nameCharacter, splitAtFirstDifference } from './first_difference.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { explainOoops } from './ooops_words.ts';
import { type PopupDelivery, popupNotice } from './popup_answer.ts';
import { name, safeHref, singleLine } from './text.ts';

export type OoopsView = {
  /** The three codes may be taken from the query string as they are: what is not a code is not shown. */
  oauthException?: string | undefined;
  identityException?: string | undefined;
  exceptionDetails?: string | undefined;
  requestId: string;
  /** Only for a signed-in developer of the very app that was refused. */
  ownerHint?: OwnerHint | undefined;
  /** In a popup: the same for the page that opened it. */
  delivery?: PopupDelivery | undefined;
};

/** Why the request was refused, in the words of a developer. */
export type OwnerHint = {
  appName: string;
  /** The request parameter that was refused: `redirect_uri`. */
  parameter: string;
  /** The check that failed and what would pass, as a sentence or two. */
  check: string;
  /** As it arrived, percent-decoding done once; undefined when the parameter was missing. */
  received?: string | undefined;
  /** The registered value that resembles it most; undefined when none is registered. */
  closest?: string | undefined;
  /** The Console page where it can be mended. */
  consoleUrl: string;
};

function marked(split: Split): VNode {
  const at = split.at === '' ? '(end)' : visible(split.at);
  return html`<code class="value" dir="ltr">${visible(split.before)}<mark>${at}</mark>${visible(split.after)}</code>`;
}

/** What does not print (spaces, controls, direction marks) is shown by its number, so that it can be found. */
function visible(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{P}\p{S}]/gu, (character) => `(${nameCharacter(character)})`);
}

function comparison(hint: OwnerHint): VNode {
  const received = hint.received;
  const closest = hint.closest;
  const difference =
    received !== undefined && closest !== undefined ? splitAtFirstDifference(received, closest) : undefined;
  const plain = (value: string | undefined, absent: string) =>
    value === undefined
      ? html`<em>${absent}</em>`
      : html`<code class="value" dir="ltr">${value === '' ? '(empty)' : visible(value)}</code>`;
  return html`<dl class="facts">
    <div><dt>Received</dt><dd>${difference ? marked(difference.received) : plain(received, 'The parameter is missing.')}</dd></div>
    <div><dt>Closest registered</dt><dd>${difference ? marked(difference.expected) : plain(closest, 'None is registered.')}</dd></div>
    ${
      difference
        ? html`<div><dt>First difference</dt><dd>Character ${difference.position}: received ${nameCharacter(difference.received.at)}, registered ${nameCharacter(difference.expected.at)}.</dd></div>`
        : null
    }
  </dl>`;
}

function diagnosis(hint: OwnerHint): VNode {
  return html`<section class="diagnosis" aria-labelledby="diagnosis-title">
    <h2 id="diagnosis-title">For you, as a developer of ${name(hint.appName)}</h2>
    <p><code>${singleLine(hint.parameter)}</code>: ${hint.check}</p>
    ${comparison(hint)}
    <p><a class="button primary" href=${safeHref(hint.consoleUrl)}>Mend it in the Console</a></p>
    <p class="soft">Other people do not see this part.</p>
  </section>`;
}

/** The end of an authorize request that cannot safely go back to the app. */
export function ooopsPage(context: PageContext, view: OoopsView): string {
  const explanation = explainOoops(view);
  const codes = [
    ['oauth_exception', view.oauthException],
    ['identity_exception', view.identityException],
    ['exception_details', view.exceptionDetails],
  ].filter(([, code]) => code !== undefined && /^[a-z_]{1,64}$/.test(code));
  return renderPage(context, {
    title: explanation.heading,
    failed: true,
    shape: 'gate',
    script: view.delivery && context.assets.popup,
    body: html`<div class="card card-roomy">
      <h1>${explanation.heading}</h1>
      <p>${explanation.what}</p>
      <p>${explanation.next}</p>
      ${view.ownerHint ? diagnosis(view.ownerHint) : null}
      ${view.delivery ? popupNotice(view.delivery) : null}
      <dl class="facts facts-small">
        ${codes.map(([key, code]) => html`<div><dt><code>${key}</code></dt><dd><code>${code}</code></dd></div>`)}
        <div><dt>Request id</dt><dd><code class="break">${singleLine(view.requestId)}</code></dd></div>
      </dl>
    </div>`,
  });
}
