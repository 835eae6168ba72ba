import { html } from 'htm/preact';
import type { PasswordFeedback, Problem } from './forms.ts';
import { field, form, passwordHint, problemSummary, submit, usernameForManagers } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths, withHandle } from './paths.ts';
import { name } from './text.ts';

export type ForgotPasswordView = {
  email?: string | undefined;
  problems?: readonly Problem<'email'>[] | undefined;
  handle?: string | undefined;
};

/** Asks where to send the link: posts `email` to `/forgot-password`. */
export function forgotPasswordPage(context: PageContext, view: ForgotPasswordView): string {
  const { problems } = view;
  return renderPage(context, {
    title: 'Forgot password',
    failed: (problems?.length ?? 0) > 0,
    shape: 'gate',
    body: html`<div class="card">
      <h1>Forgot your password?</h1>
      <p class="lead">We send you a link to set a new one.</p>
      ${problemSummary(problems)}
      ${form(context, { action: paths.forgotPassword, handle: view.handle }, [
        field({
          name: 'email',
          label: 'Email',
          type: 'email',
          value: view.email,
          autocomplete: 'username',
          problems,
        }),
        submit('Send the link'),
      ])}
      <p class="after"><a href=${withHandle(paths.signIn, view.handle)}>Back to log in</a></p>
    </div>`,
  });
}

export type ForgotPasswordSentView = {
  /** As typed; the page reads the same whether an account has it or not. */
  email: string;
  /** How long the link works, in words: `1 hour`. */
  validFor: string;
  handle?: string | undefined;
};

/** The one answer to every well-formed e-mail, known or not. */
export function forgotPasswordSentPage(context: PageContext, view: ForgotPasswordSentView): string {
  return renderPage(context, {
    title: 'Check your mail',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Check your mail</h1>
      <p>If an account belongs to <strong class="break">${name(view.email)}</strong>, we have sent it a link to set a new password. The link works once, for ${view.validFor}.</p>
      <p class="soft">Nothing there after a few minutes? Look into the spam folder, and check the spelling of the address.</p>
      ${context.developmentMode ? html`<p><a class="button secondary" href=${paths.devMail}>Read the mail of this server</a></p>` : null}
      <p class="after"><a href=${withHandle(paths.forgotPassword, view.handle)}>Try another address</a><a href=${withHandle(paths.signIn, view.handle)}>Back to log in</a></p>
    </div>`,
  });
}

export type ResetPasswordView = {
  /** The single-use secret of the link; goes into a hidden `token`. */
  token: string;
  email: string;
  passwordMinLength: number;
  problems?: readonly Problem<'password'>[] | undefined;
  passwordFeedback?: PasswordFeedback | undefined;
};

/** Sets a new password: posts `token` and `password` to `/reset-password`. */
export function resetPasswordPage(context: PageContext, view: ResetPasswordView): string {
  const { problems } = view;
  return renderPage(context, {
    title: 'Set a new password',
    failed: (problems?.length ?? 0) > 0,
    shape: 'gate',
    body: html`<div class="card">
      <h1>Set a new password</h1>
      <p class="lead">for <span class="break">${name(view.email)}</span></p>
      ${problemSummary(problems)}
      ${form(context, { action: paths.resetPassword, hidden: { token: view.token } }, [
        usernameForManagers(view.email),
        field({
          name: 'password',
          label: 'New password',
          type: 'password',
          autocomplete: 'new-password',
          hint: passwordHint(view.passwordMinLength, view.passwordFeedback),
          problems,
        }),
        submit('Save the password'),
      ])}
      <p class="soft">Saving signs you out everywhere else.</p>
    </div>`,
  });
}
