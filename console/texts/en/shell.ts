/** What stands around every page: navigation, errors, unsaved changes. */
export const shellTexts = {
  shell: {
    skip: 'Skip to content',
    openMenu: 'Menu',
    docs: 'Docs',
    account: 'Account',
    accountMenu: (name: string) => `Account menu of ${name}`,
    signOut: 'Sign out',
    organizations: 'Your organizations',
    switchOrganization: (name: string) => `Organization: ${name}. Switch`,
    developmentMode: 'Development mode',
  },

  colorScheme: { label: 'Colours', light: 'Light', dark: 'Dark', auto: 'As the system' },

  nav: {
    label: 'Console',
    appLabel: 'App',
    thisApp: 'This app',
    apps: 'Apps',
    tools: 'Tools',
    tokenDebugger: 'Token debugger',
    settings: 'Settings',
    personalAccessTokens: 'Personal access tokens',
    people: 'People',
    agents: 'Agents',
    groups: 'Groups',
    security: 'Security',
    auditLog: 'Audit log',
    overview: 'Overview',
    buildingBlocks: 'Building blocks',
    authorization: 'App Authorization',
    displayDetails: 'Display details',
    privateInstallation: 'Private installation',
    refusedRequests: 'Refused requests',
  },

  notFound: {
    title: 'Page not found',
    heading: 'There is nothing at this address',
    text: 'The link may be old or mistyped. Your apps are one step away.',
  },

  copy: {
    action: (what: string) => `Copy ${what}`,
    copied: 'Copied',
    refused: 'The browser refused to copy. Select the text and copy it by hand.',
  },

  errors: {
    title: 'That did not work',
    loadTitle: 'This could not be loaded',
    notFoundTitle: 'Not found',
    unexpected: 'Something in this page broke. Reloading it usually helps; what is saved is safe.',
    retry: 'Try again',
    requestId: 'Request id:',
    byType: {
      validation: 'Some of the values were refused. Mend the marked fields and try again.',
      authentication:
        'Your session ended. Log in again, then repeat what you did; what you typed is still here.',
      authorization:
        'Your role does not allow this. An owner or administrator of the organization can do it, or change your role.',
      not_found: 'It does not exist, or it belongs to another organization.',
      conflict:
        'Somebody else changed this meanwhile. What you see now is their version; look at it and try again.',
      limit_reached: 'A limit is reached. Remove something that is no longer needed, then try again.',
      entity_too_large: 'That is too large to be accepted.',
      too_many_requests: 'That was too often in a short time. Wait a minute, then try again.',
      internal:
        'The server failed to do this. Nothing was changed. Try again; if it stays, report the request id.',
      service_unavailable: 'The server is busy or restarting. Try again in a moment.',
      network:
        'The server could not be reached. What you typed is still here; try again when the connection is back.',
      unreadable:
        'The answer did not come from Gatehouse. A proxy in between may have replaced it; try again or ask its operator.',
    },
  },

  confirmTyping: {
    mismatch: 'This is not the name. Type it exactly as shown, capitals and spaces included.',
  },

  saveBar: {
    region: 'Saving',
    save: 'Save changes',
    saved: 'All saved',
    saving: 'Saving…',
    unsaved: 'You have unsaved changes',
    discard: 'Discard',
    failed: 'Your changes are not saved yet',
  },

  unsaved: {
    title: 'Leave without saving?',
    form: (page: string) => `Your changes to “${page}” are not saved and will be lost.`,
    leave: 'Leave without saving',
    stay: 'Stay',
  },

  conflict: {
    title: 'Somebody else changed this app meanwhile',
    text: 'Nothing is lost: their version is saved, yours is still in the form. Choose which one stays.',
    theirs: 'Saved now:',
    mine: 'Yours:',
    empty: '(nothing)',
    takeTheirs: 'Load theirs, drop mine',
    keepMine: 'Overwrite with mine',
  },

  sessionEnded: {
    title: 'Your session ended',
    text: 'Log in again in a new tab, then continue here. What you typed stays where it is, and what you were doing is sent again.',
    logIn: 'Log in in a new tab',
    goOn: 'Continue',
    findings: {
      still_ended: 'You are not logged in yet.',
      unreachable: 'The server could not be reached. Try again in a moment.',
    },
    someoneElse: (now: string, before: string) =>
      `You are logged in as ${now} now, but this page was opened by ${before}. Log in as ${before} to continue, or reload the page to go on as ${now}.`,
  },

  member: {
    title: 'Ask an administrator for access',
    description: (organization: string) =>
      `In ${organization}, apps are built by owners and administrators. Your role is Member.`,
    whoCanHelp: 'Who can help',
    ask: 'They can give you the administrator role, or create the app for you.',
    nobody: 'This organization has no other owner or administrator. Ask the people who run this server.',
    mailSubject: 'Access to the Developer Console',
    meanwhile: 'Meanwhile',
    makeToken: 'Make a personal access token for your own scripts',
    readDocs: 'Read the documentation',
    seeAccount: 'See your account and the apps that have access to it',
  },
};
