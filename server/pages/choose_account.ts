import { html } from 'htm/preact';
import { form } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import { initial, name } from './text.ts';

export type ChooseAccountView = {
  handle?: string | undefined;
  /** Name of the app that asks. */
  continueTo: string;
  account: { name: string; email: string };
};

/** An app asked to be told which account goes on: posts `account` (`present` or `other`) to `/choose-account`. */
export function chooseAccountPage(context: PageContext, view: ChooseAccountView): string {
  const { account } = view;
  return renderPage(context, {
    title: 'Choose an account',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Choose an account</h1>
      <p class="lead">to continue to ${name(view.continueTo)}</p>
      ${form(context, { action: paths.chooseAccount, handle: view.handle, className: 'choices' }, [
        html`<button type="submit" class="choice" name="account" value="present">
            <span class="tile" aria-hidden="true">${initial(account.name)}</span>
            <span class="choice-text"><span class="choice-name">${name(account.name)}</span>${' '}<span class="soft break">${name(account.email)}</span></span>
          </button>`,
        html`<button type="submit" class="choice" name="account" value="other">
            <span class="tile" aria-hidden="true">+</span>
            <span class="choice-text"><span class="choice-name">Use another account</span>${' '}<span class="soft">You log in with it next.</span></span>
          </button>`,
      ])}
    </div>`,
  });
}
