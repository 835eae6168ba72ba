import { html } from 'htm/preact';
import type { PasswordFeedback, Problem } from './forms.ts';
import { field, form, passwordHint, problemSummary, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths, withHandle } from './paths.ts';
import { name } from './text.ts';

export type SignUpField = 'name' | 'email' | 'company' | 'password';

export type SignUpView = {
  /** What was typed, to be shown again. The password is never sent back. */
  values?: { name?: string; email?: string; company?: string } | undefined;
  problems?: readonly Problem<SignUpField>[] | undefined;
  /** Why the refused password is easy to guess. */
  passwordFeedback?: PasswordFeedback | undefined;
  /** In characters. */
  passwordMinLength: number;
  /** The authorize flow to return to. */
  handle?: string | undefined;
  /** The app whose authorize flow brought the person here. */
  continueTo?: string | undefined;
};

/** Sign-up: posts `name`, `email`, `company`, `password` to `/signup`. */
export function signUpPage(context: PageContext, view: SignUpView): string {
  const { values = {}, problems } = view;
  return renderPage(context, {
    title: 'Sign up',
    failed: (problems?.length ?? 0) > 0,
    shape: 'gate',
    body: html`<div class="card">
      <h1>Create your account</h1>
      <p class="lead">${
        view.continueTo === undefined
          ? 'You become the owner of a new organization.'
          : html`You become the owner of a new organization, and then continue to ${name(view.continueTo)}.`
      }</p>
      ${problemSummary(problems)}
      ${form(context, { action: paths.signUp, handle: view.handle }, [
        field({ name: 'name', label: 'Name', value: values.name, autocomplete: 'name', problems }),
        field({
          name: 'email',
          label: 'Email',
          type: 'email',
          value: values.email,
          autocomplete: 'email',
          problems,
        }),
        field({
          name: 'company',
          label: 'Company',
          value: values.company,
          autocomplete: 'organization',
          problems,
        }),
        field({
          name: 'password',
          label: 'Password',
          type: 'password',
          autocomplete: 'new-password',
          hint: passwordHint(view.passwordMinLength, view.passwordFeedback),
          problems,
        }),
        submit('Create account'),
      ])}
      <p class="after"><span>Already have an account? <a href=${withHandle(paths.signIn, view.handle)}>Log in</a></span></p>
    </div>`,
  });
}
