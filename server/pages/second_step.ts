import { html } from 'htm/preact';
import { waitInWords } from './format.ts';
import type { Problem } from './forms.ts';
import { field, form, problemSummary, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { passkeyForm } from './passkey_form.ts';
import { paths, withQuery } from './paths.ts';
import { name } from './text.ts';

export type SecondStepView = {
  email: string;
  /** What is asked for: a code of the authenticator app, or a recovery code. */
  kind: 'totp' | 'recovery';
  failure?: { kind: 'refused'; message: string } | { kind: 'throttled'; seconds: number } | undefined;
  /** The account has a passkey, which counts as both steps. */
  passkeys: boolean;
  keepLoggedIn: boolean;
  /** The authorize flow to return to. */
  handle?: string | undefined;
  continueTo?: string | undefined;
  next?: string | undefined;
};

const KINDS = {
  totp: {
    title: 'Enter your code',
    lead: 'The second step: the six digits that your authenticator app shows.',
    field: { name: 'code', label: 'Code', autocomplete: 'one-time-code', code: 'digits', maxLength: 16 },
  },
  recovery: {
    title: 'Enter a recovery code',
    lead: 'One of the ten codes that you kept when you turned two-step sign-in on. It works once.',
    field: {
      name: 'recovery_code',
      label: 'Recovery code',
      autocomplete: 'off',
      code: 'letters',
      maxLength: 32,
    },
  },
} as const;

/** The second step of signing in: posts `code` or `recovery_code` to `/signin/verify`. */
export function secondStepPage(context: PageContext, view: SecondStepView): string {
  const { failure } = view;
  const kind = KINDS[view.kind];
  const problems: Problem[] = !failure
    ? []
    : failure.kind === 'refused'
      ? [{ field: kind.field.name, message: failure.message }]
      : [{ message: `Too many tries. Wait ${waitInWords(failure.seconds)}, then try again.` }];
  const failed = problems.length > 0;
  const flow = { handle: view.handle, next: view.next };
  const hidden = view.next === undefined ? {} : { next: view.next };
  return renderPage(context, {
    title: kind.title,
    failed,
    shape: 'gate',
    script: view.passkeys ? context.assets.passkeys : undefined,
    body: html`<div class="card">
      <h1>${kind.title}</h1>
      ${view.continueTo === undefined ? null : html`<p class="lead">to continue to ${name(view.continueTo)}</p>`}
      ${problemSummary(problems, 'You are not logged in yet')}
      <p class="soft">${kind.lead} You log in as <span class="break">${name(view.email)}</span>.</p>
      ${form(context, { action: paths.verify, handle: view.handle, hidden }, [
        field({ ...kind.field, autofocus: !failed, problems }),
        submit('Log in'),
      ])}
      ${
        view.passkeys
          ? html`<p class="or"><span>or</span></p>
              ${passkeyForm(context, {
                action: paths.passkeySignIn,
                options: paths.passkeySignInOptions,
                label: 'Use a passkey',
                handle: view.handle,
                hidden: { ...hidden, keep_logged_in: view.keepLoggedIn ? '1' : '' },
              })}`
          : null
      }
      <p class="after">${
        view.kind === 'totp'
          ? html`<a href=${withQuery(paths.verify, { ...flow, with: 'recovery' })}>Use a recovery code</a>`
          : html`<a href=${withQuery(paths.verify, flow)}>Use the authenticator app</a>`
      }<a href=${withQuery(paths.signIn, { ...flow, switch: '1' })}>Start again</a></p>
    </div>`,
  });
}
