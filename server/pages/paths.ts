/**
 * The addresses of the accounts pages, once for links, form actions and routes. All are same-origin paths.
 * Pages that post go to their own path unless a separate name stands here.
 */
export const paths = {
  home: '/',
  inbox: '/inbox',
  signUp: '/signup',
  signIn: '/signin',
  verify: '/signin/verify',
  passkeySignIn: '/signin/passkey',
  passkeySignInOptions: '/signin/passkey/options',
  singleSignOn: '/signin/sso',
  samlStart: '/signin/saml',
  samlFinish: '/signin/saml/finish',
  signOut: '/signout',
  /** Of OpenID Connect: an app asks; the person confirms. */
  endSession: '/oauth2/logout',
  confirmEndSession: '/oauth2/logout/confirm',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  confirmEmail: '/confirm-email',
  /** Of customers, who have no account. */
  verifyEmail: '/verify-email',
  invitation: '/invitation',
  acceptInvitation: '/invitation/accept',
  declineInvitation: '/invitation/decline',
  signUpByInvitation: '/invitation/sign-up',
  chooseOrganization: '/choose-organization',
  chooseAccount: '/choose-account',
  grantAccess: '/grant-access',
  device: '/device',
  ooops: '/ooops',
  account: '/account',
  accountProfile: '/account/profile',
  accountPassword: '/account/password',
  resendConfirmation: '/account/resend-confirmation',
  accountSessions: '/account/sessions',
  signOutSession: '/account/sessions/sign-out',
  signOutOtherSessions: '/account/sessions/sign-out-others',
  accountSecurity: '/account/security',
  confirmPassword: '/account/confirm',
  confirmPasskey: '/account/confirm/passkey',
  confirmPasskeyOptions: '/account/confirm/passkey/options',
  twoStep: '/account/two-step',
  twoStepOff: '/account/two-step/off',
  recoveryCodes: '/account/recovery-codes',
  addPasskey: '/account/passkeys/add',
  addPasskeyOptions: '/account/passkeys/add/options',
  renamePasskey: '/account/passkeys/rename',
  removePasskey: '/account/passkeys/remove',
  accountApps: '/account/apps',
  revokeApp: '/account/apps/revoke',
  accountOrganizations: '/account/organizations',
  leaveOrganization: '/account/organizations/leave',
  console: '/console',
  docs: '/docs',
  devMail: '/dev/mail',
} as const;

/** A path with the authorize flow's handle as a query parameter, so that a detour comes back to the flow. */
export function withHandle(path: string, handle: string | undefined): string {
  return handle === undefined ? path : `${path}?handle=${encodeURIComponent(handle)}`;
}

/** A path with what a flow carries along; what is undefined is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
