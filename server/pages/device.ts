import { html } from 'htm/preact';
import { field, form, type Problem, problemSummary, submit } from './forms.ts';
import { appTile, type GrantAccessView, trustInWords } from './grant_access.ts';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { paths } from './paths.ts';
import type { AccountRole } from './roles.ts';
import { roleInWords } from './roles.ts';
import type { ScopeInWords } from './scope_list.ts';
import { scopeList } from './scope_list.ts';
import { initial, name } from './text.ts';

export type DeviceCodeView = {
  /** In two groups; refilled, or brought by the link that the device shows. */
  userCode?: string | undefined;
  failure?: DeviceFailure | undefined;
};

/**
 * `missing`: nothing was typed. `unknown`: no device waits under this code. The rest: the app of the device cannot
 * work for this person, who is told as little as elsewhere.
 */
export type DeviceFailure = 'missing' | 'unknown' | 'access_denied' | 'invalid_scope' | 'throttled';

function problemOf(failure: DeviceFailure): Problem {
  switch (failure) {
    case 'missing':
      return { field: 'user_code', message: 'Enter the code that your device shows.' };
    case 'unknown':
      return {
        field: 'user_code',
        message:
          'No device waits under this code. Compare it with your device; if it is older than ten minutes, start again there.',
      };
    case 'access_denied':
      return {
        message: 'The app on the device is private to another organization, so you cannot let it in.',
      };
    case 'invalid_scope':
      return {
        message:
          'The app on the device asks for a right that your role does not have. Ask an owner or administrator of your organization.',
      };
    case 'throttled':
      return { message: 'Too many codes were tried. Wait ten minutes, then try again.' };
  }
}

/** The way in: posts `user_code` to `/device`. */
export function deviceCodePage(context: PageContext, view: DeviceCodeView): string {
  const problems = view.failure === undefined ? [] : [problemOf(view.failure)];
  const failed = problems.length > 0;
  return renderPage(context, {
    title: 'Connect a device',
    failed,
    shape: 'gate',
    body: html`<div class="card">
      <h1>Connect a device</h1>
      <p class="lead">Enter the code that your television, terminal or other device shows.</p>
      ${problemSummary(problems, 'The device is not connected')}
      ${form(context, { action: paths.device }, [
        field({
          name: 'user_code',
          label: 'Code',
          value: view.userCode,
          autocomplete: 'off',
          hint: 'Eight letters, such as BCDF-GHJK.',
          maxLength: 32,
          autofocus: !failed,
          problems,
        }),
        submit('Continue'),
      ])}
      <p class="soft">Did somebody send you a code or a link to this page? Then stop here: whoever sent it would get the access.</p>
    </div>`,
  });
}

export type DeviceConsentView = {
  /** In two groups. */
  userCode: string;
  app: GrantAccessView['app'];
  account: { name: string; email: string };
  organization: { id: string; name: string };
  scopes: readonly ScopeInWords[];
};

/** Consent: posts `user_code`, `organization_id` and `decision` (`allow` or `cancel`) to `/device`. */
export function deviceConsentPage(context: PageContext, view: DeviceConsentView): string {
  const again = `${paths.device}?user_code=${encodeURIComponent(view.userCode)}`;
  const other = `${paths.signIn}?switch=1&next=${encodeURIComponent(again)}`;
  return renderPage(context, {
    title: `Allow ${view.app.name} on your device?`,
    shape: 'gate',
    body: html`<div class="card card-roomy">
      <div class="consent-head">${appTile(view.app)}<h1>Allow ${name(view.app.name)} on your device?</h1></div>
      ${trustInWords(view.app)}
      <p>Your device must be in front of you and show this code: <strong class="break" dir="ltr">${view.userCode}</strong></p>
      <p>In the organization <strong>${name(view.organization.name)}</strong>, the app on it will be able to:</p>
      ${scopeList(view.scopes, 2)}
      <p class="soft">It never gets more than your own role allows. You can take the access back any time on your account page.</p>
      ${form(
        context,
        {
          action: paths.device,
          hidden: { user_code: view.userCode, organization_id: view.organization.id },
        },
        html`<div class="buttons buttons-even">
          <button type="submit" class="button primary" name="decision" value="allow">Allow</button>
          <button type="submit" class="button secondary" name="decision" value="cancel">Cancel</button>
        </div>`,
      )}
      <p class="after"><span>Logged in as <span class="break">${name(view.account.email)}</span>.</span>${' '}<a href=${other}>Not you? Sign in with another account</a></p>
    </div>`,
  });
}

export type DeviceOrganizationView = {
  userCode: string;
  appName: string;
  organizations: readonly { id: string; name: string; licenseId: number; role: AccountRole }[];
};

/** One button per organization: posts `user_code` and `organization_id` to `/device`. */
export function deviceOrganizationPage(context: PageContext, view: DeviceOrganizationView): string {
  return renderPage(context, {
    title: 'Choose an organization',
    shape: 'gate',
    body: html`<div class="card">
      <h1>Choose an organization</h1>
      <p class="lead">${name(view.appName)} on your device will work in the one you choose, and in no other.</p>
      ${form(
        context,
        { action: paths.device, hidden: { user_code: view.userCode }, className: 'choices' },
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

export type DeviceAnsweredView = { kind: 'allowed' | 'cancelled'; appName: string };

/** The end of it: the rest happens on the device. */
export function deviceAnsweredPage(context: PageContext, view: DeviceAnsweredView): string {
  const allowed = view.kind === 'allowed';
  return renderPage(context, {
    title: allowed ? 'Your device is connected' : 'Your device was not connected',
    shape: 'gate',
    body: html`<div class="card">
      <h1>${allowed ? 'Your device is connected' : 'Your device was not connected'}</h1>
      <p>${
        allowed
          ? html`${name(view.appName)} goes on by itself in a few seconds. You can close this page.`
          : html`${name(view.appName)} was told that you did not allow it. You can close this page.`
      }</p>
      ${
        allowed
          ? html`<p class="soft">To take the access back, open <a href=${paths.accountApps}>your apps</a>.</p>`
          : null
      }
    </div>`,
  });
}
