import { html } from 'htm/preact';
import { renderAccountPage } from './account.ts';
import type { PasswordFeedback, Problem } from './forms.ts';
import { field, form, passwordHint, problemSummary, submit, usernameForManagers } from './forms.ts';
import type { PageContext } from './layout.ts';
import { paths } from './paths.ts';
import { name } from './text.ts';

export type ProfileField = 'name' | 'current_password' | 'new_password';

export type AccountProfileView = {
  /** The name as typed when it was refused, otherwise as stored. */
  name: string;
  email: string;
  emailConfirmed: boolean;
  passwordMinLength: number;
  /** Success: `Your name was changed.` */
  notice?: string | undefined;
  problems?: readonly Problem<ProfileField>[] | undefined;
  passwordFeedback?: PasswordFeedback | undefined;
};

/**
 * Profile: posts `name` to `/account/profile`, nothing to `/account/resend-confirmation`, and
 * `current_password`, `new_password` to `/account/password`.
 */
export function accountProfilePage(context: PageContext, view: AccountProfileView): string {
  const { problems } = view;
  return renderAccountPage(context, {
    section: 'profile',
    title: 'Profile',
    heading: 'Profile',
    notice: view.notice,
    failed: (problems?.length ?? 0) > 0,
    content: html`
      ${problemSummary(problems)}
      <section class="panel" aria-labelledby="name-title">
        <h2 id="name-title">Your name</h2>
        ${form(context, { action: paths.accountProfile, labelledBy: 'name-title' }, [
          field({ name: 'name', label: 'Name', value: view.name, autocomplete: 'name', problems }),
          submit('Save the name', 'secondary'),
        ])}
      </section>
      <section class="panel" aria-labelledby="email-title">
        <h2 id="email-title">Your email</h2>
        <p class="spread"><span class="break">${name(view.email)}</span>${
          view.emailConfirmed
            ? html`<span class="badge badge-good">Confirmed</span>`
            : html`<span class="badge badge-warning">Not confirmed</span>`
        }</p>
        ${
          view.emailConfirmed
            ? null
            : html`<p class="soft">Open the link in the mail we sent, so that we can reach you when you forget your password.</p>
                ${form(
                  context,
                  { action: paths.resendConfirmation, labelledBy: 'email-title' },
                  submit('Send the mail again', 'secondary'),
                )}`
        }
      </section>
      <section class="panel" aria-labelledby="password-title">
        <h2 id="password-title">Your password</h2>
        <p class="soft">A new password signs you out everywhere else.</p>
        ${form(context, { action: paths.accountPassword, labelledBy: 'password-title' }, [
          usernameForManagers(view.email),
          field({
            name: 'current_password',
            label: 'Current password',
            type: 'password',
            autocomplete: 'current-password',
            problems,
          }),
          field({
            name: 'new_password',
            label: 'New password',
            type: 'password',
            autocomplete: 'new-password',
            hint: passwordHint(view.passwordMinLength, view.passwordFeedback),
            problems,
          }),
          submit('Change the password', 'secondary'),
        ])}
      </section>
    `,
  });
}
