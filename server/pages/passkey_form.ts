import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { form } from './forms.ts';
import type { PageContext } from './layout.ts';

export type PasskeyFormOptions = {
  action: string;
  /** Where `passkeys.js` gets what the authenticator is to sign or to make. */
  options: string;
  kind?: 'create' | 'get' | undefined;
  label: string;
  look?: 'primary' | 'secondary' | undefined;
  handle?: string | undefined;
  hidden?: Readonly<Record<string, string>> | undefined;
  /** Offers passkeys among the suggestions of the e-mail field, too. */
  autofill?: boolean | undefined;
  fields?: ComponentChildren;
};

/**
 * A form that `passkeys.js` fills: it puts the authenticator's answer into `credential`. Where scripts do not run,
 * it is sent as it is, and the server says what is missing.
 */
export function passkeyForm(context: PageContext, options: PasskeyFormOptions): VNode {
  const { kind = 'get', look = 'secondary', autofill } = options;
  return form(
    context,
    {
      action: options.action,
      handle: options.handle,
      hidden: { ...options.hidden, credential: '' },
      passkey: { kind, options: options.options, ...(autofill ? { autofill } : {}) },
    },
    [
      options.fields ?? null,
      html`<p class="passkey-status" role="alert" hidden></p>`,
      html`<button type="submit" class=${`button ${look}`}>${options.label}</button>`,
    ],
  );
}
