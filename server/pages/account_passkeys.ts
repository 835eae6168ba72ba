import { html } from 'htm/preact';
import { renderAccountPage } from './account.ts';
import type { Problem } from './forms.ts';
import { field, form, problemSummary, submit } from './forms.ts';
import type { PageContext } from './layout.ts';
import { passkeyForm } from './passkey_form.ts';
import { paths } from './paths.ts';
import { name } from './text.ts';

const LONGEST_NAME = 60;

function nameField(value: string, problems: readonly Problem[] | undefined) {
  return field({
    name: 'name',
    label: 'Name',
    value,
    autocomplete: 'off',
    hint: 'So that you know it again, such as "Work laptop" or "Blue security key".',
    maxLength: LONGEST_NAME,
    problems,
  });
}

export type AddPasskeyView = {
  /** As typed, or a suggestion. */
  name: string;
  problems?: readonly Problem[] | undefined;
};

/** Adding: posts `name` and `credential` to `/account/passkeys/add`. */
export function addPasskeyPage(context: PageContext, view: AddPasskeyView): string {
  return renderAccountPage(context, {
    section: 'security',
    title: 'Add a passkey',
    heading: 'Add a passkey',
    lead: 'Your device asks for your fingerprint, face or PIN, and keeps the passkey. We never see any of these.',
    failed: (view.problems?.length ?? 0) > 0,
    script: context.assets.passkeys,
    content: html`
      ${problemSummary(view.problems)}
      <section class="panel">
        ${passkeyForm(context, {
          action: paths.addPasskey,
          options: paths.addPasskeyOptions,
          kind: 'create',
          label: 'Create the passkey',
          look: 'primary',
          fields: nameField(view.name, view.problems),
        })}
      </section>
    `,
  });
}

export type RenamePasskeyView = {
  id: string;
  name: string;
  problems?: readonly Problem<'name'>[] | undefined;
};

/** Renaming: posts `passkey_id` and `name` to `/account/passkeys/rename`. */
export function renamePasskeyPage(context: PageContext, view: RenamePasskeyView): string {
  return renderAccountPage(context, {
    section: 'security',
    title: 'Rename a passkey',
    heading: 'Rename a passkey',
    failed: (view.problems?.length ?? 0) > 0,
    content: html`
      ${problemSummary(view.problems)}
      <section class="panel">
        ${form(context, { action: paths.renamePasskey, hidden: { passkey_id: view.id } }, [
          nameField(view.name, view.problems),
          submit('Save the name'),
        ])}
      </section>
    `,
  });
}

/** Removing: posts `passkey_id` to `/account/passkeys/remove`. */
export function removePasskeyPage(context: PageContext, view: { id: string; name: string }): string {
  return renderAccountPage(context, {
    section: 'security',
    title: 'Remove a passkey',
    heading: html`Remove ${name(view.name)}?`,
    content: html`<section class="panel">
      <p>It will not open your account any more, and all your other sessions are signed out. Your password stays. Delete the passkey on your device, too, so that it is not offered there.</p>
      ${form(
        context,
        { action: paths.removePasskey, hidden: { passkey_id: view.id } },
        html`<div class="buttons">${submit('Remove it', 'danger')}<a class="button secondary" href=${paths.accountSecurity}>Keep it</a></div>`,
      )}
    </section>`,
  });
}
