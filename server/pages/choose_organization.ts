import { html } from 'htm/preact';
import { form } from './forms.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import type { AccountRole } from './roles.ts';
import { roleInWords } from './roles.ts';
import { initial, name } from './text.ts';

export type ChooseOrganizationView = {
  handle?: string | undefined;
  /** Name of the app that will be given access in the chosen organization. */
  continueTo?: string | undefined;
  organizations: readonly { id: string; name: string; licenseId: number; role: AccountRole }[];
};

/** One button per organization: posts `organization_id` to `/choose-organization`. */
export function chooseOrganizationPage(context: PageContext, view: ChooseOrganizationView): string {
  return renderPage(context, {
    title: 'Choose an organization',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Choose an organization</h1>
      <p class="lead">${
        view.continueTo === undefined
          ? 'You belong to more than one.'
          : html`${name(view.continueTo)} will work in the one you choose, and in no other.`
      }</p>
      ${form(
        context,
        { action: paths.chooseOrganization, handle: view.handle, className: 'choices' },
        view.organizations.map(
          (one) => html`<button type="submit" class="choice" name="organization_id" value=${one.id}>
            <span class="tile" aria-hidden="true">${initial(one.name)}</span>
            <span class="choice-text"><span class="choice-name">${name(one.name)}</span>${' '}<span class="soft">${roleInWords(one.role)} · license ${one.licenseId}</span></span>
          </button>`,
        ),
      )}
    </div>`,
  });
}
