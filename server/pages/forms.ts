import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import type { PageContext } from './layout.ts';
import { singleLine } from './text.ts';

/** Something the person has to mend. Without `field` it concerns the whole form. */
export type Problem<Field extends string = string> = { field?: Field | undefined; message: string };

/** What the guessability check says about a refused password. */
export type PasswordFeedback = { warning?: string | undefined; suggestions: readonly string[] };

export type FormOptions = {
  action: string;
  /** Handle of the authorize flow this form belongs to; goes into a hidden `handle`. */
  handle?: string | undefined;
  hidden?: Readonly<Record<string, string>> | undefined;
  className?: string | undefined;
  /** Id of the heading that names the form, where a page has several. */
  labelledBy?: string | undefined;
  /** Of a form that an authenticator answers: `passkeys.js` asks it, with options from this address. */
  passkey?: { kind: 'create' | 'get'; options: string; autofill?: boolean } | undefined;
};

/**
 * A POST form with the CSRF token and the flow handle. `novalidate`: the server's answer, with a summary that
 * screen readers announce, replaces the browsers' bubbles; `required` still tells assistive technology.
 */
export function form(context: PageContext, options: FormOptions, children: ComponentChildren): VNode {
  const hidden = Object.entries({
    ...(context.csrfToken === undefined ? {} : { csrf_token: context.csrfToken }),
    ...(options.handle === undefined ? {} : { handle: options.handle }),
    ...options.hidden,
  });
  const { passkey } = options;
  return html`<form
    method="post"
    action=${options.action}
    class=${options.className ?? 'form'}
    aria-labelledby=${options.labelledBy}
    novalidate
    data-once=${passkey ? undefined : ''}
    data-passkey=${passkey?.kind}
    data-options=${passkey?.options}
    data-autofill=${passkey?.autofill ? '' : undefined}
  >
    ${hidden.map(([key, value]) => html`<input type="hidden" name=${key} value=${value} />`)}
    ${children}
  </form>`;
}

export type FieldOptions = {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password' | undefined;
  value?: string | undefined;
  autocomplete: string;
  hint?: ComponentChildren;
  problems?: readonly Problem[] | undefined;
  autofocus?: boolean | undefined;
  maxLength?: number | undefined;
  /** Something to be copied letter by letter: no capitals, no spelling, from left to right. */
  code?: 'digits' | 'letters' | undefined;
};

function fieldId(field: string): string {
  return `field-${field}`;
}

/** A labelled input; its hint and its error are tied to it by `aria-describedby`. Passwords are never refilled. */
export function field(options: FieldOptions): VNode {
  const id = fieldId(options.name);
  const type = options.type ?? 'text';
  const isProse = type === 'text' && options.code === undefined;
  const problem = options.problems?.find((one) => one.field === options.name);
  const hasHint = options.hint !== undefined && options.hint !== null;
  const describedBy = [hasHint ? `${id}-hint` : '', problem ? `${id}-error` : ''].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${id}>${options.label}</label>
    ${hasHint ? html`<div class="hint" id=${`${id}-hint`}>${options.hint}</div>` : null}
    ${problem ? html`<p class="field-error" id=${`${id}-error`}><span class="visually-hidden">Error: </span>${problem.message}</p>` : null}
    <div class="input">
      <input
        id=${id}
        name=${options.name}
        type=${type}
        value=${type === 'password' ? undefined : (options.value ?? '')}
        autocomplete=${options.autocomplete}
        inputmode=${options.code === 'digits' ? 'numeric' : undefined}
        autocapitalize=${isProse ? undefined : 'none'}
        spellcheck=${isProse ? undefined : 'false'}
        dir=${isProse ? 'auto' : undefined}
        maxlength=${options.maxLength}
        required
        autofocus=${options.autofocus ?? false}
        aria-invalid=${problem ? 'true' : undefined}
        aria-describedby=${describedBy || undefined}
        data-reveal=${type === 'password' ? '' : undefined}
      />
    </div>
  </div>`;
}

/** A labelled checkbox whose label is part of its target. */
export function checkbox(options: { name: string; label: string; checked: boolean }): VNode {
  const id = fieldId(options.name);
  return html`<div class="check">
    <input id=${id} name=${options.name} type="checkbox" value="1" checked=${options.checked} />
    <label for=${id}>${options.label}</label>
  </div>`;
}

/**
 * The account's e-mail for password managers, on forms that ask for a password only. Not shown, not sent.
 */
export function usernameForManagers(email: string): VNode {
  return html`<input type="email" value=${email} autocomplete="username" readonly hidden />`;
}

/** The list of problems at the top of a page: announced, focused, each linked to its field. Null when none. */
export function problemSummary(
  problems: readonly Problem[] | undefined,
  title = 'There is a problem',
): VNode | null {
  if (!problems || problems.length === 0) return null;
  return html`<div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="summary-title">
    <h2 id="summary-title">${title}</h2>
    <ul>
      ${problems.map((problem) =>
        problem.field === undefined
          ? html`<li>${problem.message}</li>`
          : html`<li><a href=${`#${fieldId(problem.field)}`}>${problem.message}</a></li>`,
      )}
    </ul>
  </div>`;
}

/** A quiet announcement: something was done. */
export function notice(message: ComponentChildren): VNode {
  return html`<div class="notice" role="status">${message}</div>`;
}

/** The rules of a password and, after a refusal, what makes the typed one guessable. */
export function passwordHint(minLength: number, feedback: PasswordFeedback | undefined): VNode {
  const advice =
    feedback === undefined ? [] : [feedback.warning, ...feedback.suggestions].filter((one) => one);
  return html`<div>
    <p>At least ${minLength} characters. A few unrelated words work well.</p>
    ${
      advice.length === 0
        ? null
        : html`<div class="advice">
            <p>Why it is easy to guess, and what helps:</p>
            <ul>${advice.map((one) => html`<li>${singleLine(one ?? '')}</li>`)}</ul>
          </div>`
    }
  </div>`;
}

/** The main button of a form. */
export function submit(label: string, look: 'primary' | 'secondary' | 'danger' = 'primary'): VNode {
  return html`<button type="submit" class=${`button ${look}`}>${label}</button>`;
}
