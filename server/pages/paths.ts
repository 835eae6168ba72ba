/**
 * The addresses of the accounts pages, once for links, form actions and routes. All are same-origin paths.
 * Pages that post go to their own path unless a separate name stands here.
 */
export const paths = {
  home: '/',
  signUp: '/signup',
  signIn: '/signin',
  signOut: '/signout',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  confirmEmail: '/confirm-email',
  chooseOrganization: '/choose-organization',
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
  accountApps: '/account/apps',
  revokeApp: '/account/apps/revoke',
  accountOrganizations: '/account/organizations',
  console: '/console',
  docs: '/docs',
  devMail: '/dev/mail',
} as const;

/** A path with the authorize flow's handle as a query parameter, so that a detour comes back to the flow. */
export function withHandle(path: string, handle: string | undefined): string {
  return handle === undefined ? path : `${path}?handle=${encodeURIComponent(handle)}`;
}
