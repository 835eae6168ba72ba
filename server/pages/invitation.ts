import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import type { PasswordFeedback, Problem } from './forms.ts';
import { field, form, passwordHint, problemSummary, submit, usernameForManagers } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import type { AccountRole } from './roles.ts';
import { roleInSentence, roleInWords, roleMeaning } from './roles.ts';
import { name } from './text.ts';

/** The invitation behind the link. */
export type InvitationView = {
  /** The single-use secret of the link; goes into a hidden `token`. */
  token: string;
  organization: string;
  /** Null when that person is gone. */
  invitedBy: string | null;
  /** The invited address. */
  email: string;
  role: AccountRole;
};

function invitationPage(
  context: PageContext,
  view: InvitationView,
  parts: { failed?: boolean; before?: VNode | null; content: ComponentChildren },
): string {
  return renderPage(context, {
    title: `Join ${view.organization}`,
    failed: parts.failed,
    shape: 'gate',
    body: html`<div class="card">
      <h1>Join ${name(view.organization)}</h1>
      <p class="lead">${
        view.invitedBy === null ? 'You are invited' : html`${name(view.invitedBy)} invites you`
      } as ${roleInSentence(view.role)}, at <span class="break">${name(view.email)}</span>.</p>
      ${parts.before ?? null}
      <p class="soft"><strong>${roleInWords(view.role)}:</strong> ${roleMeaning[view.role]}</p>
      ${parts.content}
    </div>`,
  });
}

/** Of the person who is logged in with the invited address: posts `token` to accept or to decline. */
export function answerInvitationPage(context: PageContext, view: InvitationView): string {
  const hidden = { token: view.token };
  return invitationPage(context, view, {
    content: html`<div class="buttons">
      ${form(context, { action: paths.acceptInvitation, hidden }, submit('Accept'))}
      ${form(context, { action: paths.declineInvitation, hidden }, submit('Decline', 'secondary'))}
    </div>`,
  });
}

/** Of somebody who has an account and is not logged in. */
export function invitationLogInPage(context: PageContext, view: InvitationView): string {
  return invitationPage(context, view, {
    content: html`<p>An account with this address exists. Log in to accept or decline.</p>
      <p class="buttons"><a class="button primary" href=${signInAddress(view.token)}>Log in</a></p>`,
  });
}

/** Of somebody who is logged in with another address: explains, and offers to change. */
export function invitationOtherAccountPage(
  context: PageContext,
  view: InvitationView & { signedInEmail: string; hasAccount: boolean },
): string {
  return invitationPage(context, view, {
    failed: true,
    before: html`<div class="summary" role="alert">
      <h2>You are logged in as somebody else</h2>
      <p>This invitation is for <strong class="break">${name(view.email)}</strong>, and you are logged in as <strong class="break">${name(view.signedInEmail)}</strong>. Only the invited address can accept it.</p>
    </div>`,
    content: html`<p class="buttons">${
      view.hasAccount
        ? html`<a class="button primary" href=${`${signInAddress(view.token)}&switch=1`}>Log in with the invited address</a>`
        : html`<a class="button primary" href=${paths.signOut}>Sign out</a>`
    }<a class="button secondary" href=${paths.console}>Stay logged in</a></p>
      <p class="soft">${
        view.hasAccount
          ? 'You stay logged in here until the other account has logged in.'
          : 'No account has the invited address yet. Sign out, then open the link of the mail again to make one.'
      } If both addresses are yours, ask ${view.invitedBy === null ? 'for an invitation to' : html`${name(view.invitedBy)} to invite`} the one you use.</p>`,
  });
}

export type InvitationSignUpField = 'name' | 'password';

export type InvitationSignUpView = InvitationView & {
  /** What was typed, to be shown again. The password is never sent back. */
  values?: { name?: string } | undefined;
  problems?: readonly Problem<InvitationSignUpField>[] | undefined;
  passwordFeedback?: PasswordFeedback | undefined;
  passwordMinLength: number;
};

/** Of somebody without an account: posts `token`, `name`, `password` to sign up, or `token` to decline. */
export function invitationSignUpPage(context: PageContext, view: InvitationSignUpView): string {
  const { problems } = view;
  const hidden = { token: view.token };
  return invitationPage(context, view, {
    failed: (problems?.length ?? 0) > 0,
    before: problemSummary(problems),
    content: [
      form(context, { action: paths.signUpByInvitation, hidden }, [
        usernameForManagers(view.email),
        field({ name: 'name', label: 'Name', value: view.values?.name, autocomplete: 'name', problems }),
        field({
          name: 'password',
          label: 'Password',
          type: 'password',
          autocomplete: 'new-password',
          hint: passwordHint(view.passwordMinLength, view.passwordFeedback),
          problems,
        }),
        submit('Create account and join'),
      ]),
      html`<div class="after">${form(context, { action: paths.declineInvitation, hidden }, submit('Decline', 'secondary'))}</div>`,
    ],
  });
}

/** Said once after declining. */
export function invitationDeclinedPage(context: PageContext, view: { organization: string }): string {
  return renderPage(context, {
    title: 'Invitation declined',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Invitation declined</h1>
      <p>You did not join ${name(view.organization)}. Should you change your mind, ask for another invitation.</p>
    </div>`,
  });
}

const ended = {
  expired: {
    heading: 'This invitation has expired',
    because:
      'Invitations work for 7 days, and this one is past that. Ask whoever invited you to send it again.',
  },
  used: {
    heading: 'This invitation was answered already',
    because: 'Each link works once. If you accepted it, log in and go on.',
  },
  revoked: {
    heading: 'This invitation was taken back',
    because:
      'Whoever sent it, or somebody else who manages the organization, has revoked it. Ask them for another.',
  },
  unknown: {
    heading: 'This link does not work',
    because:
      'It may be incomplete: some mail programs cut long links. When an invitation is sent again, only the newest link works.',
  },
} as const;

/** A link that cannot be used any more, and what helps. */
export function invitationEndedPage(context: PageContext, view: { reason: keyof typeof ended }): string {
  const { heading, because } = ended[view.reason];
  return renderPage(context, {
    title: heading,
    failed: true,
    shape: 'gate',
    body: html`<div class="card">
      <h1>${heading}</h1>
      <p>${because}</p>
      <p class="buttons">${
        context.signedInAs
          ? html`<a class="button primary" href=${paths.accountOrganizations}>Your organizations</a>`
          : html`<a class="button primary" href=${paths.signIn}>Log in</a>`
      }</p>
    </div>`,
  });
}

function signInAddress(token: string): string {
  const next = `${paths.invitation}?token=${encodeURIComponent(token)}`;
  return `${paths.signIn}?next=${encodeURIComponent(next)}`;
}
