import { html } from 'htm/preact';
import type { Problem } from './forms.ts';
import { field, form, problemSummary, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths, withQuery } from './paths.ts';
import { name, singleLine } from './text.ts';

export type SingleSignOnView = {
  email?: string | undefined;
  problems?: readonly Problem<'email'>[] | undefined;
  /** The authorize flow to return to. */
  handle?: string | undefined;
  /** Name of the app whose authorize flow brought the person here. */
  continueTo?: string | undefined;
  next?: string | undefined;
};

/** Asks for the address alone: posts `email` to `/signin/sso`, which knows the identity provider of its domain. */
export function singleSignOnPage(context: PageContext, view: SingleSignOnView): string {
  const { problems = [], handle, next } = view;
  return renderPage(context, {
    title: 'Single sign-on',
    failed: problems.length > 0,
    shape: 'gate',
    body: html`<div class="card">
      <h1>Single sign-on</h1>
      <p class="lead">${
        view.continueTo === undefined
          ? 'Log in with the account of your organization.'
          : html`Log in with the account of your organization to continue to ${name(view.continueTo)}.`
      }</p>
      ${problemSummary(problems)}
      ${form(context, { action: paths.singleSignOn, handle, hidden: next === undefined ? {} : { next } }, [
        field({
          name: 'email',
          label: 'Work email',
          type: 'email',
          value: view.email,
          autocomplete: 'username',
          autofocus: problems.length === 0,
          problems,
        }),
        submit('Continue'),
      ])}
      <p class="after"><span><a href=${withQuery(paths.signIn, { handle, next })}>Log in with a password instead</a></span></p>
    </div>`,
  });
}

export type LeadView = {
  organization: string;
  /** Where the question to the identity provider begins: a path of this server. */
  href: string;
  /** The organization holds its people to it: another way was tried, and will not do. */
  enforced: boolean;
};

/** Between the form and the identity provider; goes on by itself where the browser follows `Refresh`. */
export function leadToProviderPage(context: PageContext, view: LeadView): string {
  return renderPage(context, {
    title: 'Single sign-on',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Continue to ${name(view.organization)}</h1>
      <p class="lead">${
        view.enforced
          ? html`${name(view.organization)} wants its people to log in with the account they have there.`
          : html`You log in with the account you have at ${name(view.organization)}.`
      }</p>
      <p class="buttons"><a class="button primary" href=${view.href}>Continue</a></p>
      <p class="after"><span><a href=${withQuery(paths.signIn, { switch: '1' })}>Use another address</a></span></p>
    </div>`,
  });
}

export type SamlRefusedView = {
  /** Undefined where it is not known. */
  organization?: string | undefined;
  /** What was wrong, in words for whoever looks after the identity provider. */
  message: string;
  requestId: string;
};

/** The identity provider's answer was not taken. */
export function samlRefusedPage(context: PageContext, view: SamlRefusedView): string {
  return renderPage(context, {
    title: 'Not logged in',
    failed: true,
    shape: 'gate',
    body: html`<div class="card">
      <h1>You are not logged in</h1>
      <p class="lead">Single sign-on${
        view.organization === undefined ? '' : html` of ${name(view.organization)}`
      } did not work out. Try again; if it happens again, send this to the administrators of your organization.</p>
      <dl class="facts facts-small">
        <div><dt>Reason</dt><dd class="break">${singleLine(view.message)}</dd></div>
        <div><dt>Request id</dt><dd><code class="break">${singleLine(view.requestId)}</code></dd></div>
      </dl>
      <p class="buttons"><a class="button primary" href=${paths.singleSignOn}>Try again</a><a class="button secondary" href=${paths.signIn}>Log in otherwise</a></p>
    </div>`,
  });
}

export type SamlTestedView = {
  organization: string;
  email: string;
  personName: string;
  nameId: string;
  outcome: 'member' | 'joins' | 'refused';
  /** Why the person would not have come in. */
  message?: string | undefined;
  /** Back to the settings: a path. */
  backHref: string;
};

const OUTCOMES = {
  member: 'They would be logged in.',
  joins: 'They would be taken in as they come, and logged in.',
} as const;

/** For an administrator who tries the identity provider out. Nobody was logged in. */
export function samlTestedPage(context: PageContext, view: SamlTestedView): string {
  const { outcome } = view;
  return renderPage(context, {
    title: 'Test sign-in',
    failed: outcome === 'refused',
    shape: 'gate',
    body: html`<div class="card">
      <h1>${outcome === 'refused' ? 'The answer is right, the person is not' : 'It works'}</h1>
      <p class="lead">The identity provider of ${name(view.organization)} answered, and its signature is right. This was a test: nobody was logged in.</p>
      <dl class="facts facts-small">
        <div><dt>Email</dt><dd class="break">${name(view.email)}</dd></div>
        <div><dt>Name</dt><dd class="break">${name(view.personName || '—')}</dd></div>
        <div><dt>NameID</dt><dd class="break">${name(view.nameId)}</dd></div>
        <div><dt>Outcome</dt><dd>${outcome === 'refused' ? singleLine(view.message ?? '') : OUTCOMES[outcome]}</dd></div>
      </dl>
      <p class="buttons"><a class="button primary" href=${view.backHref}>Back to the settings</a></p>
    </div>`,
  });
}
