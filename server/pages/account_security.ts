import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Micros } from '../kernel/clock.ts';
import { renderAccountPage } from './account.ts';
import { counted, dateInWords, timeElement } from './format.ts';
import type { PageContext } from './layout.ts';
import { paths, withQuery } from './paths.ts';
import { name, singleLine } from './text.ts';

export type AccountSecurityView = {
  now: Micros;
  notice?: string | undefined;
  /** Nothing is set up before the address is confirmed. */
  emailConfirmed: boolean;
  /** Undefined: two-step sign-in is off. */
  twoStep?: { since: Micros; codesLeft: number } | undefined;
  passkeys: readonly PasskeyRow[];
  /** Undefined where browsers can have passkeys for this server; otherwise its address. */
  passkeysUnavailableAt?: string | undefined;
};

export type PasskeyRow = {
  id: string;
  name: string;
  /** Kept by a password manager and copied between devices. */
  synced: boolean;
  createdAt: Micros;
  lastUsedAt: Micros | null;
};

function twoStepPanel({ twoStep, emailConfirmed }: AccountSecurityView): VNode {
  return html`<section class="panel" aria-labelledby="two-step-title">
    <div class="spread"><h2 id="two-step-title">Two-step sign-in</h2><span class=${twoStep ? 'badge badge-good' : 'badge'}>${twoStep ? 'On' : 'Off'}</span></div>
    ${
      twoStep
        ? html`<p>After your password you are asked for a code of your authenticator app. On since ${dateInWords(twoStep.since)}.</p>
            ${codesLeft(twoStep.codesLeft)}
            <div class="buttons">
              <a class="button secondary" href=${paths.recoveryCodes}>Make new recovery codes</a>
              <a class="button danger" href=${paths.twoStepOff}>Turn it off</a>
            </div>`
        : html`<p>Ask for a code of an authenticator app after your password, so that a password that somebody else knows opens nothing.</p>
            ${emailConfirmed ? html`<div class="buttons"><a class="button secondary" href=${paths.twoStep}>Set it up</a></div>` : confirmFirst()}`
    }
  </section>`;
}

function codesLeft(count: number): VNode {
  if (count > 2)
    return html`<p class="soft">${counted(count, 'recovery code')} left, for when you lose your phone.</p>`;
  return html`<p class="notice notice-warning">${
    count === 0
      ? 'You have used all your recovery codes. Make new ones: without them, a lost phone locks you out.'
      : `Only ${counted(count, 'recovery code')} left. Make new ones before you need them.`
  }</p>`;
}

function confirmFirst(): VNode {
  return html`<p class="soft">First confirm your email address: the mail for it can be sent again from <a href=${paths.account}>your profile</a>.</p>`;
}

function row(passkey: PasskeyRow, now: Micros): VNode {
  const edit = withQuery(paths.renamePasskey, { passkey_id: passkey.id });
  const remove = withQuery(paths.removePasskey, { passkey_id: passkey.id });
  return html`<li class="entry">
    <div class="entry-text">
      <h3 class="entry-title">${name(passkey.name)}</h3>
      <p class="soft">${passkey.synced ? 'Synced between your devices' : 'On one device'} · added ${timeElement(passkey.createdAt, now)} · ${
        passkey.lastUsedAt === null ? 'never used' : html`last used ${timeElement(passkey.lastUsedAt, now)}`
      }</p>
    </div>
    <div class="buttons entry-action">
      <a class="button secondary" href=${edit}>Rename<span class="visually-hidden"> ${singleLine(passkey.name)}</span></a>
      <a class="button danger" href=${remove}>Remove<span class="visually-hidden"> ${singleLine(passkey.name)}</span></a>
    </div>
  </li>`;
}

function passkeysPanel(view: AccountSecurityView): VNode {
  const { passkeys, passkeysUnavailableAt } = view;
  return html`<section class="panel" aria-labelledby="passkeys-title">
    <h2 id="passkeys-title">Passkeys</h2>
    <p>Sign in with your fingerprint, face or PIN, without a password. A passkey counts as both steps.</p>
    ${
      passkeys.length === 0
        ? html`<p class="soft">You have none yet.</p>`
        : html`<ul class="entries entries-inner">${passkeys.map((one) => row(one, view.now))}</ul>`
    }
    ${
      passkeysUnavailableAt !== undefined
        ? html`<p class="soft">Browsers make passkeys only at https addresses with a host name. This server is at <span class="break">${singleLine(passkeysUnavailableAt)}</span>, so that none can be added.</p>`
        : view.emailConfirmed
          ? html`<div class="buttons"><a class="button secondary" href=${paths.addPasskey}>Add a passkey</a></div>`
          : confirmFirst()
    }
  </section>`;
}

/** How the account is opened: two-step sign-in, recovery codes, passkeys. Each link leads to a page of its own. */
export function accountSecurityPage(context: PageContext, view: AccountSecurityView): string {
  return renderAccountPage(context, {
    section: 'security',
    title: 'Signing in',
    heading: 'Signing in',
    lead: 'What opens your account besides the password.',
    notice: view.notice,
    content: [twoStepPanel(view), passkeysPanel(view)],
  });
}
