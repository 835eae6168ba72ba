import { html } from 'htm/preact';
import type { Problem } from './forms.ts';
import { field, form, problemSummary, submit, usernameForManagers } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { passkeyForm } from './passkey_form.ts';
import { paths } from './paths.ts';
import { name } from './text.ts';

export type AccountConfirmView = {
  email: string;
  /** Path of this server to go on to. */
  next: string;
  passkeys: boolean;
  problems?: readonly Problem<'password'>[] | undefined;
};

/** Asks once more who it is: posts `password` to `/account/confirm`, or `credential` to `/account/confirm/passkey`. */
export function accountConfirmPage(context: PageContext, view: AccountConfirmView): string {
  const { problems } = view;
  const failed = (problems?.length ?? 0) > 0;
  const hidden = { next: view.next };
  return renderPage(context, {
    title: 'Confirm that it is you',
    failed,
    shape: 'gate',
    script: view.passkeys ? context.assets.passkeys : undefined,
    body: html`<div class="card">
      <h1>Confirm that it is you</h1>
      <p class="lead">Before you change how <span class="break">${name(view.email)}</span> is opened. You are not asked again for five minutes.</p>
      ${problemSummary(problems)}
      ${form(context, { action: paths.confirmPassword, hidden }, [
        usernameForManagers(view.email),
        field({
          name: 'password',
          label: 'Password',
          type: 'password',
          autocomplete: 'current-password',
          autofocus: !failed,
          problems,
        }),
        submit('Continue'),
      ])}
      ${
        view.passkeys
          ? html`<p class="or"><span>or</span></p>
              ${passkeyForm(context, {
                action: paths.confirmPasskey,
                options: paths.confirmPasskeyOptions,
                label: 'Use a passkey',
                hidden,
              })}`
          : null
      }
      <p class="after"><a href=${paths.accountSecurity}>Back to your account</a></p>
    </div>`,
  });
}
