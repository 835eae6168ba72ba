import { html } from 'htm/preact';
import { waitInWords } from './format.ts';
import type { Problem } from './forms.ts';
import { checkbox, field, form, notice, problemSummary, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { passkeyForm } from './passkey_form.ts';
import { paths, withHandle, withQuery } from './paths.ts';
import { name } from './text.ts';

export type SignInView = {
  email?: string | undefined;
  keepLoggedIn?: boolean | undefined;
  /** Said before the form: `Your password was changed. Log in with the new one.` */
  notice?: string | undefined;
  /**
   * `refused` is the one answer to an unknown e-mail and to a wrong password; `missing` is decided before
   * either is looked up; `throttled` names the wait in seconds.
   */
  failure?: SignInFailure | undefined;
  /** The authorize flow to return to. */
  handle?: string | undefined;
  /** Name of the app whose authorize flow brought the person here. */
  continueTo?: string | undefined;
  /** Path of this server that asked to log in first; goes into a hidden `next`. */
  next?: string | undefined;
  /** Whether browsers can have passkeys for this server. */
  passkeys?: boolean | undefined;
};

export type SignInFailure =
  | { kind: 'refused' }
  | { kind: 'missing'; fields: readonly ('email' | 'password')[] }
  | { kind: 'throttled'; seconds: number }
  | { kind: 'passkey'; message: string };

function problemsOf(failure: SignInFailure | undefined): Problem[] {
  switch (failure?.kind) {
    case undefined:
      return [];
    case 'refused':
      return [{ message: 'Email or password is wrong. Check both and try again.' }];
    case 'missing':
      return failure.fields.map((one) =>
        one === 'email'
          ? { field: one, message: 'Enter your email address.' }
          : { field: one, message: 'Enter your password.' },
      );
    case 'passkey':
      return [{ message: failure.message }];
    case 'throttled':
      return [{ message: `Too many tries. Wait ${waitInWords(failure.seconds)}, then try again.` }];
  }
}

/** Sign-in: posts `email`, `password` and `keep_logged_in` (`1` when ticked) to `/signin`. */
export function signInPage(context: PageContext, view: SignInView): string {
  const problems = problemsOf(view.failure);
  const failed = problems.length > 0;
  return renderPage(context, {
    title: 'Log in',
    failed,
    shape: 'gate',
    script: view.passkeys ? context.assets.passkeys : undefined,
    body: html`<div class="card">
      <h1>Log in</h1>
      ${view.continueTo === undefined ? null : html`<p class="lead">to continue to ${name(view.continueTo)}</p>`}
      ${view.notice !== undefined && !failed ? notice(view.notice) : null}
      ${problemSummary(problems, 'You are not logged in')}
      ${form(
        context,
        {
          action: paths.signIn,
          handle: view.handle,
          hidden: view.next === undefined ? {} : { next: view.next },
        },
        [
          field({
            name: 'email',
            label: 'Email',
            type: 'email',
            value: view.email,
            autocomplete: view.passkeys ? 'username webauthn' : 'username',
            autofocus: !failed && !view.email,
            problems,
          }),
          field({
            name: 'password',
            label: 'Password',
            type: 'password',
            autocomplete: 'current-password',
            autofocus: !failed && Boolean(view.email),
            problems,
          }),
          html`<div class="row">
          ${checkbox({ name: 'keep_logged_in', label: 'Keep me logged in', checked: view.keepLoggedIn ?? false })}
          <a class="quiet" href=${withHandle(paths.forgotPassword, view.handle)}>Forgot password?</a>
        </div>`,
          submit('Log in'),
        ],
      )}
      ${
        view.passkeys
          ? html`<p class="or"><span>or</span></p>
              ${passkeyForm(context, {
                action: paths.passkeySignIn,
                options: paths.passkeySignInOptions,
                label: 'Sign in with a passkey',
                handle: view.handle,
                hidden: { keep_logged_in: '', ...(view.next === undefined ? {} : { next: view.next }) },
                autofill: true,
              })}`
          : null
      }
      <p class="after"><span>New to ${name(context.productName)}? <a href=${withHandle(paths.signUp, view.handle)}>Sign up</a></span><span>Your organization has an identity provider? <a href=${withQuery(paths.singleSignOn, { handle: view.handle, next: view.next })}>Single sign-on</a></span></p>
    </div>`,
  });
}
