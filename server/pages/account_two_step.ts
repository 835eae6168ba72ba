import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { encode } from 'uqr';
import { renderAccountPage } from './account.ts';
import type { Problem } from './forms.ts';
import { field, form, problemSummary, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { paths } from './paths.ts';

export type TwoStepSetupView = {
  /** In base32. */
  secret: string;
  /** `otpauth://totp/…` */
  address: string;
  /** Comes back with the form, in `setup`. */
  sealed: string;
  problems?: readonly Problem<'code'>[] | undefined;
};

/** Light around it (ISO/IEC 18004 asks for four modules), and dark on light in dark mode too: cameras want it so. */
const QUIET_ZONE = 4;

/** A QR code as one path: a unit square for each dark module. */
function qrCode(text: string): VNode {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const path = data
    .flatMap((modules, y) => modules.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return html`<svg class="qr" role="img" aria-label="QR code for your authenticator app; the same key is below as text" viewBox=${`0 0 ${size} ${size}`} shape-rendering="crispEdges">
    <rect class="qr-light" width=${size} height=${size} />
    <path class="qr-dark" d=${path} />
  </svg>`;
}

/** Four letters at a time, as it is easiest to type. */
function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

/** Setting up: posts `setup` and `code` to `/account/two-step`. */
export function twoStepSetupPage(context: PageContext, view: TwoStepSetupView): string {
  const { problems } = view;
  return renderAccountPage(context, {
    section: 'security',
    title: 'Set up two-step sign-in',
    heading: 'Set up two-step sign-in',
    failed: (problems?.length ?? 0) > 0,
    content: html`
      ${problemSummary(problems)}
      <section class="panel" aria-labelledby="scan-title">
        <h2 id="scan-title">1. Scan the code</h2>
        <p>Open an authenticator app on your phone (any that makes six-digit codes) and scan this:</p>
        ${qrCode(view.address)}
        <p>Or type this key into the app:</p>
        <p><code class="secret" id="secret" data-copy>${inGroups(view.secret)}</code></p>
      </section>
      <section class="panel" aria-labelledby="prove-title">
        <h2 id="prove-title">2. Enter what it shows</h2>
        <p class="soft">Two-step sign-in is on after this, and all your other sessions are signed out.</p>
        ${form(
          context,
          { action: paths.twoStep, hidden: { setup: view.sealed }, labelledBy: 'prove-title' },
          [
            field({
              name: 'code',
              label: 'Six digits',
              autocomplete: 'one-time-code',
              code: 'digits',
              maxLength: 16,
              problems,
            }),
            submit('Turn it on'),
          ],
        )}
      </section>
    `,
  });
}

export type RecoveryCodesView = { codes: readonly string[]; justTurnedOn: boolean };

/** The codes, for the only time. */
export function recoveryCodesPage(context: PageContext, view: RecoveryCodesView): string {
  return renderAccountPage(context, {
    section: 'security',
    title: 'Your recovery codes',
    heading: 'Your recovery codes',
    notice: view.justTurnedOn
      ? 'Two-step sign-in is on. All other sessions were signed out.'
      : 'These are your new codes. The older ones do not work any more.',
    content: html`
      <section class="panel" aria-labelledby="codes-title">
        <h2 id="codes-title">Keep these now: they are shown only once</h2>
        <p>When your phone is lost, each of these lets you in once in its place. Print them, or put them into your password manager.</p>
        <pre class="codes" id="codes" tabindex="0" data-copy>${view.codes.join('\n')}</pre>
        <div class="buttons"><a class="button primary" href=${paths.accountSecurity}>I have kept them</a></div>
      </section>
    `,
  });
}

const QUESTIONS = {
  off: {
    title: 'Turn two-step sign-in off?',
    action: paths.twoStepOff,
    button: 'Turn it off',
    look: 'danger',
    words:
      'Your password alone will open your account. Your recovery codes go, too, and all your other sessions are signed out. We tell you by mail.',
  },
  renew: {
    title: 'Make new recovery codes?',
    action: paths.recoveryCodes,
    button: 'Make new codes',
    look: 'primary',
    words: 'You get ten new codes. The older ones stop working, also those that you have not used.',
  },
} as const;

/** Asks before it is done: posts nothing but its token to `/account/two-step/off` or `/account/recovery-codes`. */
export function twoStepQuestionPage(context: PageContext, view: { kind: keyof typeof QUESTIONS }): string {
  const question = QUESTIONS[view.kind];
  return renderAccountPage(context, {
    section: 'security',
    title: question.title,
    heading: question.title,
    content: html`<section class="panel">
      <p>${question.words}</p>
      ${form(
        context,
        { action: question.action },
        html`<div class="buttons">${submit(question.button, question.look)}<a class="button secondary" href=${paths.accountSecurity}>Keep it as it is</a></div>`,
      )}
    </section>`,
  });
}
