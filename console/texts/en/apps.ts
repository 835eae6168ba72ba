import { count } from './words.ts';

/** Apps: their list, overview, display details, installation and end. */
export const appsTexts = {
  apps: {
    title: 'Apps',
    description: (organization: string) => `What ${organization} builds on Gatehouse.`,
    create: 'Create new app',
    search: 'Search apps',
    searchPlaceholder: 'Name of an app',
    clearSearch: 'Clear the search',
    emptyTitle: 'No apps yet',
    emptyText:
      'An app is how your code gets access to chats. Create one, add App Authorization, and make the first call in a few minutes.',
    noMatchTitle: 'No app matches',
    noMatchText: (search: string) => `Nothing is named like “${search}”. Try fewer letters.`,
    shown: (shown: number, total: number) =>
      shown < total ? `${shown} of ${count(total, 'app', 'apps')}` : count(total, 'app', 'apps'),
    more: 'Show more',
    noClient: 'No authorization',
    registered: 'Registered itself',
    unverified: 'Registered itself, unverified',
    updated: 'Updated',
  },

  createApp: {
    title: 'Create new app',
    name: 'Name',
    nameHint: 'People see it when they are asked for access. You can change it later.',
    nameMissing: 'Give the app a name.',
    product: 'Product',
    productHint: 'The product the app extends.',
    submit: 'Create app',
    done: (name: string) => `${name} is created`,
  },

  app: { notFound: 'This app does not exist', backToApps: 'Back to apps', trail: 'Where you are' },

  overview: {
    title: 'Overview',
    noDescription: 'No description yet. Add one under Display details.',
    postman: 'Postman',
    postmanTitle: 'Run it in Postman',
    postmanHint: 'A collection with the whole flow and List Chats, filled with this app’s values.',
    postmanFailed: 'The collection could not be downloaded',
    factsTitle: 'About this app',
    product: 'Product',
    visibility: 'Visibility',
    private: 'Private',
    created: 'Created',
    updated: 'Last change',
    dangerTitle: 'Danger zone',
    deleteText: 'Deleting the app ends every token of it at once. It cannot be undone.',
  },

  unverifiedApp: {
    title: 'This app registered itself, and nobody has verified it',
    text: 'Nobody of your organization made it. It chose its own name and addresses. Whoever it asks for access is warned each time. If you do not know who runs it, delete it.',
    verify: 'Verify this app',
    ownerOnly: 'The owner of the organization can verify it.',
    confirmTitle: (app: string) => `Vouch for ${app}?`,
    confirmText:
      'People are no longer warned of it, and it is treated like an app that your organization made: with addresses on https they are not even asked. Look at its redirect URIs and scopes first. If the app changes its registration, it counts as unverified again.',
    verified: (app: string) => `${app} is verified`,
  },

  steps: {
    title: 'What it needs',
    description: 'From an empty app to the first call.',
    done: 'done',
    open: 'to do',
    block: {
      title: 'App Authorization',
      missing: 'Makes the app able to ask people for access.',
      action: 'Add',
      change: 'Configure',
    },
    redirectUris: {
      title: 'Redirect URIs',
      missing: 'Where people come back to after they allowed the app.',
      present: (number: number) => `${count(number, 'address', 'addresses')} on the whitelist`,
      action: 'Add a redirect URI',
      change: 'Change',
    },
    scopes: {
      title: 'Access scopes',
      missing: 'What the app may do.',
      present: (number: number) => `${count(number, 'scope', 'scopes')} chosen`,
      action: 'Select scopes',
      change: 'Change',
    },
    installed: {
      title: 'Private installation',
      missing: 'Not installed in your organization.',
      present: 'Installed in your organization.',
      action: 'Install',
      change: 'Manage',
    },
    tryIt: {
      title: 'Try it',
      missing: 'Get a code, exchange it for a token, list real chats.',
      action: 'Try it',
      change: 'Try it',
    },
  },

  deleteApp: {
    open: 'Delete app',
    title: 'Delete this app?',
    consequences: [
      'Every access and refresh token of the app stops working at once.',
      'Its Client Id and secrets are gone for good; a new app gets new ones.',
      'Everybody who uses the app is locked out of it.',
    ],
    type: 'To confirm, type the name of the app:',
    confirm: 'Delete for good',
    done: (name: string) => `${name} is deleted`,
  },

  displayDetails: {
    title: 'Display details',
    description: 'How the app is shown to people who are asked for access.',
    wordsTitle: 'Wording',
    name: 'Name',
    nameHint: 'Stands on the consent page.',
    shortDescription: 'Short description',
    shortDescriptionHint: 'One or two sentences on what the app does.',
  },

  icon: {
    title: 'Icon',
    description: 'Shown beside the name.',
    upload: 'Upload an icon',
    replace: 'Replace the icon',
    remove: 'Remove',
    rules:
      'PNG, JPEG or WebP; square, 64 to 1,024 pixels; at most 256 KB. It is saved as soon as you choose it.',
    saved: 'The icon is saved',
    removed: 'The icon is removed',
    removeTitle: 'Remove the icon?',
    removeText: 'The first letter of the name takes its place, also on the consent page.',
    refused: 'This picture cannot be the icon',
    problem: (
      problem:
        | { kind: 'type'; type: string }
        | { kind: 'bytes'; bytes: number }
        | { kind: 'unreadable' }
        | { kind: 'not_square'; width: number; height: number }
        | { kind: 'pixels'; width: number },
    ): string => {
      switch (problem.kind) {
        case 'type':
          return `The file is ${problem.type || 'of an unknown kind'}. Choose a PNG, JPEG or WebP.`;
        case 'bytes':
          return `The file has ${Math.ceil(problem.bytes / 1024)} KB; at most 256 KB are accepted. Save it smaller.`;
        case 'unreadable':
          return 'The file is not a picture that can be read. Save it again as PNG.';
        case 'not_square':
          return `The picture is ${problem.width} × ${problem.height} pixels. Crop it to a square.`;
        case 'pixels':
          return `The picture is ${problem.width} pixels wide; 64 to 1,024 are accepted. Scale it.`;
      }
    },
  },

  installation: {
    title: 'Private installation',
    description:
      'A private app is used inside your own organization. Installing it makes it part of the organization.',
    installedTitle: (organization: string) => `Installed in ${organization}`,
    notInstalledTitle: (organization: string) => `Not installed in ${organization}`,
    installedText: 'The app counts as part of your organization.',
    notInstalledText: 'Install it when it is ready to be used by the people of your organization.',
    since: 'Installed',
    by: (who: string) => `by ${who}`,
    never: 'Nobody installed it yet, or it was uninstalled.',
    install: 'Install',
    uninstall: 'Uninstall',
    uninstallTitle: 'Uninstall the app?',
    uninstallText: (app: string, organization: string) =>
      `${app} stops being part of ${organization}. The app and its settings stay, so that it can be installed again.`,
  },
};
