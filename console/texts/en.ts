import type {
  AccountsRole,
  ClientType,
  CompatibilityFeature,
  Product,
  Profile,
  RedirectUriPart,
  RefusalEndpoint,
  ScopeMethod,
  ScopeRole,
  Switches,
} from '../api/types.ts';
import { auditActions } from './audit_actions.ts';
import { people } from './en_people.ts';
import { refusalAdvice, refusalReasons } from './refusal_reasons.ts';

/**
 * Every text of the Console, in English. Another language is another object of the same shape. Names that
 * people typed come into a sentence through `nameInSentence`, which keeps their direction from spilling over.
 */

const plural = new Intl.PluralRules('en');
const count = (number: number, one: string, many: string): string =>
  `${number} ${plural.select(number) === 'one' ? one : many}`;

const roles: Record<AccountsRole, string> = {
  owner: 'Owner',
  administrator: 'Administrator',
  member: 'Member',
};

const products: Record<Product, string> = { livechat: 'LiveChat', helpdesk: 'HelpDesk', text: 'Text' };

const clientTypes: Record<ClientType, { name: string; text: string }> = {
  javascript_app: {
    name: 'JavaScript app',
    text: 'Runs in the browser, or anywhere its code can be read by others. It keeps no secret and proves itself with PKCE.',
  },
  server_side_app: {
    name: 'Server-side app',
    text: 'Runs on a server of yours. It proves itself with a client secret that never leaves that server.',
  },
};

const scopeRoles: Record<ScopeRole | 'anyone', string> = {
  normal: 'any agent',
  administrator: 'administrator',
  member: 'any member',
  owner: 'owner',
  anyone: 'anyone',
};

const apis: Record<ScopeMethod['api'], string> = {
  agent: 'Agent Chat',
  customer: 'Customer Chat',
  configuration: 'Configuration',
  accounts: 'Accounts',
};

const profiles: Record<Profile, { name: string; text: string }> = {
  compatible: {
    name: 'Compatible',
    text: 'Behaves as LiveChat documents it, so tutorials and SDKs work unchanged. Access tokens live 8 hours.',
  },
  strict: {
    name: 'Strict',
    text: 'OAuth 2.1: PKCE with S256 for everybody, exact redirects, no implicit grant, scopes named in each request. Access tokens live 1 hour.',
  },
};

const switches: Record<keyof Switches, { name: string; text: string }> = {
  accept_sub_paths: {
    name: 'Accept sub-paths',
    text: 'A redirect URI also matches addresses below it, at a “/” only: /callback lets /callback/eu through, never /callback2.',
  },
  allow_plain_http: {
    name: 'Allow plain http',
    text: 'Redirect URIs may use http on hosts other than this computer; codes then cross the network readable by anyone on the way.',
  },
  rotate_refresh_tokens: {
    name: 'Rotate refresh tokens',
    text: 'Each refresh gives a new refresh token and ends the old one; using an ended one again ends the whole grant.',
  },
};

const redirectUriParts: Record<Exclude<RedirectUriPart, 'whole'>, string> = {
  scheme: 'Scheme (before “://”)',
  host: 'Host',
  port: 'Port',
  path: 'Path',
  query: 'Query (after “?”)',
  fragment: 'Fragment (after “#”)',
  userinfo: 'User name (before “@”)',
  characters: 'Characters',
  length: 'Length',
};

const compatibilityFeatures: Record<CompatibilityFeature, { name: string; change: string }> = {
  implicit_grant: {
    name: 'Implicit grant (response_type=token)',
    change: 'Send response_type=code with a PKCE challenge, and exchange the code at the token endpoint.',
  },
  sub_path_redirect: {
    name: 'Redirect below a registered address',
    change: 'Register each address that the app uses, letter for letter.',
  },
  plain_http_redirect: {
    name: 'Redirect over plain http',
    change: 'Serve the address by https, and register it so.',
  },
  no_pkce: {
    name: 'Code without PKCE',
    change: 'Send code_challenge with code_challenge_method=S256, and code_verifier with the code.',
  },
  pkce_plain: {
    name: 'PKCE with the method plain',
    change: 'Send the SHA-256 of the verifier in base64url, and code_challenge_method=S256.',
  },
  pkce_method_missing: {
    name: 'PKCE without a method, which means plain',
    change: 'Send code_challenge_method=S256, and the SHA-256 of the verifier as the challenge.',
  },
  pkce_small_s256: {
    name: 'PKCE method spelled s256',
    change: 'Spell it S256, with a capital S.',
  },
  pkce_sdk_challenge: {
    name: 'PKCE challenge of the Accounts SDK',
    change:
      'Send base64url of the 32 bytes of the hash, which the Accounts SDK does not: sign in without it.',
  },
  scope_missing: {
    name: 'No scope in the request',
    change: 'Send scope with those that the app needs.',
  },
  slow_code: {
    name: 'Code redeemed after more than a minute',
    change: 'Exchange the code as soon as it arrives; a strict one lives 60 seconds.',
  },
};

const refusalEndpoints: Record<RefusalEndpoint, string> = {
  authorize: 'Authorization',
  token: 'Token endpoint',
  token_info: 'Token information',
  revoke: 'Revocation',
  introspect: 'Introspection',
  par: 'Pushed requests',
  device: 'Devices',
  customer_token: 'Customer tokens',
  agent_api: 'Agent Chat API',
  customer_api: 'Customer Chat API',
  configuration_api: 'Configuration API',
};

export const en = {
  language: 'en',
  brand: 'Gatehouse',
  product: 'Gatehouse Developer Console',
  loading: 'Loading…',
  close: 'Close',
  cancel: 'Cancel',
  roles,
  products,
  clientTypes,
  people,

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
    settings: 'Settings',
    personalAccessTokens: 'Personal access tokens',
    people: 'People',
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

  buildingBlocks: {
    title: 'Building blocks',
    description: 'What the app is made of. Each block gives it one ability.',
    added: 'Added',
    notAdded: 'Not added yet',
    getStarted: 'Get started',
    configure: 'Configure',
    authorization: {
      title: 'App Authorization',
      text: 'Lets the app ask people for access with OAuth and call the APIs in their name.',
    },
  },

  authorization: {
    title: 'App Authorization',
    description: 'How the app asks for access, where it may send people back to, and what it may do.',
    chooseTitle: 'What kind of app is it?',
    chooseText:
      'This decides whether the app has a secret. It cannot be changed later without removing the block.',
    clientType: 'Client type',
    chooseMissing: 'Choose one of the two.',
    add: 'Add App Authorization',
    goneTitle: 'Somebody else removed this block meanwhile',
    goneText: 'These are the settings you had typed. Copy them if you want to add the block again.',
    goneLabel: 'Your unsaved settings',
  },
  credentials: {
    title: 'Credentials',
    clientId: 'Client Id',
    clientIdHint: 'Names the app in every request. It is public.',
    clientSecret: 'Client Secret',
    noSecret:
      'A JavaScript app has no client secret: whatever is in a browser can be read. PKCE protects it instead.',
  },
  secrets: {
    freshTitle: 'Copy the secret now',
    freshText: 'It will not be shown again. Keep it on your server, never in a page or a repository.',
    putAway: 'I have copied it, hide it',
    hiddenHint:
      'Shown once, when it is made. Lost it? Generate a new one; the old one keeps working until you retire it.',
    listLabel: 'Client secrets',
    created: 'Created',
    lastUsed: 'Last used',
    never: 'never',
    isRetired: 'Retired',
    generate: 'Generate a new secret',
    generateHint: 'The current one stays alive, so that you can change over without an outage.',
    twoLive: 'Two secrets are alive, the most there can be. Retire one before you generate another.',
    retire: 'Retire',
    retireNamed: (hint: string) => `Retire the secret ending in ${hint}`,
    retireTitle: (hint: string) => `Retire the secret ending in ${hint}?`,
    retireText: (hint: string) =>
      `Whatever still uses the secret ending in ${hint} cannot get or refresh tokens from that moment on. Tokens already given stay alive. A retired secret cannot be brought back.`,
    retired: (hint: string) => `The secret ending in ${hint} is retired`,
    replaceUncopied: {
      title: 'The secret on screen is not copied',
      text: 'The new secret takes its place on this page, and the one you see now will not be shown again.',
      confirm: 'Generate anyway',
    },
  },
  redirectUris: {
    label: 'Redirect URI whitelist',
    description:
      'People are sent back to these addresses only, compared letter for letter: https, http on the own computer (as in http://localhost:3000/callback), or a reverse-domain scheme of an app on a device.',
    input: 'Add a redirect URI',
    add: 'Add',
    remove: (uri: string) => `Remove ${uri}`,
    empty: 'None yet. Without one, nobody can be sent back to your app.',
    nothingTyped: 'Type the address first, as in https://app.example.com/callback.',
    alreadyThere: 'This address is on the whitelist already.',
    refused: 'This address is refused.',
    checkFailed: 'The address could not be checked',
    takeSuggestion: (suggestion: string) => `Use ${suggestion}`,
    parts: redirectUriParts,
  },
  postLogoutUris: {
    label: 'Addresses after signing out',
    description:
      'For apps that sign people in by OpenID Connect. When your app signs a person out, the browser may go to one of these, compared letter for letter. The rules are those of the whitelist.',
    input: 'Add an address after signing out',
    empty: 'None. People then see that they are signed out on a page of this server.',
    nothingTyped: 'Type the address first, as in https://app.example.com/signed-out.',
    alreadyThere: 'This address is on the list already.',
  },
  scopes: {
    title: 'Access scopes',
    description: 'What the app may do. People see it in words when they are asked for access.',
    select: 'Select scopes',
    empty: 'None yet. For the first call, List Chats, choose chats--all:ro.',
    loadFailed: 'The list of scopes could not be loaded',
    required: 'Required',
    requiredNamed: (scope: string) => `Required: ${scope}`,
    remove: (scope: string) => `Remove ${scope}`,
    unknown: 'This server does not know the scope. Remove it before you save.',
    includedIn: (scope: string) => `already included in ${scope}`,
    pickerTitle: 'Select scopes',
    search: 'Search scopes',
    searchPlaceholder: 'chats, list_chats, read…',
    found: (found: number, selected: number) =>
      `${count(found, 'scope', 'scopes')} shown, ${selected} selected`,
    noMatch: (search: string) => `No scope matches “${search}”. Search for a method, such as list_chats.`,
    choose: (number: number) => (number === 0 ? 'Use none' : `Use ${count(number, 'scope', 'scopes')}`),
    opens: (number: number) => `Opens ${count(number, 'method', 'methods')}`,
    opensNothing: 'Opens no method by itself',
    notServed: 'not served yet',
    apis,
    roles: scopeRoles,
  },
  profile: {
    title: 'Profile',
    description: 'By which rules the app is treated.',
    profiles,
    switchesTitle: 'Switches',
    switches,
    rotateAlways:
      'JavaScript apps always rotate: each refresh gives a new refresh token and ends the old one.',
    strictNever: 'Strict never allows this.',
  },
  compatibility: {
    title: 'Is Strict safe?',
    description: 'What this app really did in the last 30 days that the Strict profile refuses.',
    strictTitle: 'Strict is on',
    strict: 'Requests that Strict refuses are listed under Refused requests.',
    safeTitle: 'Strict is safe',
    safe: 'Nothing was used in the last 30 days that Strict refuses.',
    failed: 'What the app used could not be loaded',
    used: (uses: number) => count(uses, 'time', 'times'),
    last: 'Last used',
    features: compatibilityFeatures,
  },
  tryIt: {
    title: 'Try it',
    description: 'The whole walk with this app’s own values, ready to open and to paste.',
    needsRedirectUri: 'Add a redirect URI above and save; then the requests appear here.',
    savedOnly: 'These requests use what is saved. Save your changes to see them here.',
    noScopes: 'No scope is saved yet, so List Chats will be refused. Choose chats--all:ro above.',
    authorizeStep: '1. Open this address, log in and allow the app',
    redirectUri: 'Redirect URI to come back to',
    authorizeAddress: 'Authorize address',
    open: 'Open in a new tab',
    pkce: 'The address carries a PKCE challenge made in this browser; the verifier stands in the token request below. Reloading this page makes a new pair.',
    noS256:
      'This page is not on https, so the browser offers no S256 and Strict will refuse the request. Open the Console on https or on localhost.',
    pasteCode: '2. Paste the address you were sent to (or the code)',
    pasteCodeHint:
      'It may be a page that does not load; the address is what counts. A code works once, and only for a few minutes.',
    refused: (reason: string) => `This address says that the request was refused: ${reason}`,
    noCode:
      'There is no code in this. Paste the whole address from the address bar, with the part after “?”.',
    otherState:
      'The state in this address belongs to another request, made before this page was loaded. Its code may still work, unless PKCE is in use.',
    tokenStep: '3. Exchange the code for tokens',
    tokenRequest: 'Token request',
    pasteToken: '4. Paste the answer (or the access token), then list the chats',
    pasteTokenHint: 'It stays in this page and is sent nowhere.',
    noToken: 'There is no access_token in this.',
    listChats: 'List Chats',
    yourSecret: '<your secret>',
    yourCode: '<your code>',
    yourToken: '<your access token>',
  },
  bot: {
    title: 'Bot identity',
    description:
      'Lets the app act by itself, without a person: its server asks for a token by its Client Id and secret (client_credentials). In chats the bot is an agent under this name, and sees the chats of the group General.',
    name: 'Name of the bot',
    nameHint: 'Agents and customers see it in chats.',
    give: 'Add a bot',
    given: 'The app has a bot now',
    rename: 'Rename',
    renamed: 'The bot is renamed',
    id: 'Bot id',
    mayAskFor: 'Scopes that it may ask for',
    noScopes:
      'None yet: add one that a bot may hold to the access scopes above, such as chats--access:rw, and save.',
    command: 'Get a token',
    added: 'Added',
    lastUsed: 'last token',
    never: 'no token yet',
    remove: 'Remove the bot',
    removeTitle: 'Remove the bot identity?',
    removeText: (name: string) =>
      `Every token of ${name} dies at once. What it wrote in chats stays under its name.`,
    removed: 'The bot is removed',
  },
  removeBlock: {
    title: 'Remove App Authorization',
    text: 'The app can no longer ask for access, and every token of it dies at once.',
    action: 'Remove the block',
    confirmText: (app: string) =>
      `Every token of ${app} dies at once, and its Client Id and secrets are gone for good. Adding the block again gives new ones.`,
    done: 'App Authorization is removed',
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

  tokens: {
    title: 'Personal access tokens',
    description:
      'Call the APIs as yourself, from scripts and the command line. A token can do no more than you can.',
    create: 'Create a token',
    emptyTitle: 'No personal access tokens yet',
    emptyText: 'The shortest way to a first call: create one and paste the curl command that comes with it.',
    created: 'Created',
    expires: 'Expires',
    expiredOn: 'Expired',
    expired: 'Expired',
    expiresSoon: 'Expires soon',
    lastUsed: 'Last used',
    never: 'never',
    from: (address: string) => `from ${address}`,
    moreScopes: (number: number) => `and ${number} more`,
    revoke: 'Revoke',
    revokeNamed: (name: string) => `Revoke ${name}`,
    revokeTitle: (name: string) => `Revoke ${name}?`,
    revokeText: 'Whatever uses this token is refused from now on. It cannot be brought back.',
    revoked: (name: string) => `${name} is revoked`,
  },
  createToken: {
    title: 'Create a personal access token',
    createdTitle: 'Your new token',
    name: 'Name',
    nameHint: 'What it is for and where it lives, so that you know later whether it may go.',
    nameMissing: 'Give the token a name.',
    scopesHint: 'As few as will do. Only what your own role allows can be chosen.',
    scopesMissing: 'Choose at least one scope. For List Chats, take chats--all:ro.',
    noScopes: 'None chosen yet',
    days: 'Days until it expires',
    daysHint: 'From 1 to 3,650 days.',
    daysWrong: (most: number) => `Enter a whole number from 1 to ${most.toLocaleString('en')}.`,
    until: 'It works until',
    submit: 'Create token',
    once: 'Copy it now; it will not be shown again.',
    token: 'Token',
    accountId: 'Account id',
    accountIdHint: 'The user name for Basic authentication; the token is the password.',
    base64: 'Base64 of account id and token',
    base64Hint: 'What goes after “Authorization: Basic”.',
    curl: 'List Chats',
    done: 'Done',
    closeUncopied: {
      title: 'Close without copying?',
      text: 'The token was not copied. It cannot be shown again; you would have to revoke it and create another.',
      confirm: 'Close anyway',
      cancel: 'Stay',
    },
  },

  securitySettings: {
    title: 'Security',
    description: (organization: string) => `What holds for every app of ${organization}.`,
    ownerOnly: 'Only the owner of the organization can change this.',
    dynamicRegistration: {
      title: 'Apps that register themselves',
      description:
        'Dynamic client registration (RFC 7591): a program makes itself an app here, without the Console. Such apps are held to Strict, and people are warned of them until you verify them.',
      failed: 'The setting could not be read',
      label: 'Who may register apps',
      modes: {
        off: { label: 'Nobody', hint: 'Apps are made in the Console alone.' },
        with_initial_access_token: {
          label: 'Who has an initial access token',
          hint: 'You make the tokens below, and give them to whom you trust.',
        },
        open: {
          label: 'Anybody',
          hint: 'Every program that reaches this server, 20 an hour from one address.',
        },
      },
      saved: 'Who may register apps is saved',
      openTitle: 'Let anybody register apps?',
      openText:
        'Every program that reaches this server can then make an app under a name of its choice, and ask your people for access. They are warned each time, but a warning can be overlooked.',
      openConfirm: 'Let anybody register',
      unverified: (apps: number) =>
        `${count(apps, 'app', 'apps')} registered so and ${apps === 1 ? 'is' : 'are'} not verified. You find ${apps === 1 ? 'it' : 'them'} in the list of apps.`,
      full: (most: number) =>
        `${most} apps wait for you to verify or delete them. Until then no further app can register.`,
      endpoint: 'Registration address',
      endpointHint: 'Programs send their metadata to it by POST, as JSON.',
    },
    initialTokens: {
      title: 'Initial access tokens',
      description: 'A token opens the registration address for 30 days, as often as needed.',
      onceTitle: 'Copy the token now: it is shown this once',
      token: 'Initial access token',
      name: 'Name',
      nameHint: 'Who gets it.',
      create: 'Create a token',
      uses: (uses: number) => `${count(uses, 'app', 'apps')} registered`,
      expires: 'expires',
      expired: 'Expired',
      revoke: 'Revoke',
      revokeNamed: (name: string) => `Revoke ${name}`,
      revokeTitle: (name: string) => `Revoke ${name}?`,
      revokeText: 'It registers no more apps. Those that it registered stay.',
      revoked: (name: string) => `${name} is revoked`,
    },
    forceStrict: {
      title: 'Strict profile for all apps',
      description:
        'OAuth 2.1 for every app: PKCE with S256, exact redirects, no implicit grant, scopes named in each request, access tokens of one hour. The apps keep their own settings; they do not count while this is on.',
      label: 'Force the Strict profile for all apps',
      forced: 'Every app is held to the Strict profile now',
      released: 'Each app follows its own profile again',
      forceTitle: 'Hold every app to Strict?',
      forceText: (apps: readonly string[] | undefined): string => {
        const tokens = 'Tokens that were given already go on until they expire.';
        if (apps === undefined)
          return `Apps that sign in without PKCE, with the implicit grant or with sub-path redirects are refused from their next request on. ${tokens}`;
        if (apps.length === 0)
          return `No app used anything in the last 30 days that Strict refuses. ${tokens}`;
        const named = new Intl.ListFormat('en').format(
          apps.length > 5 ? [...apps.slice(0, 4), count(apps.length - 4, 'other app', 'other apps')] : apps,
        );
        return `${named} ${apps.length === 1 ? 'works' : 'work'} today in ways that Strict refuses, and will not be able to sign anybody in from now on. ${tokens}`;
      },
      forceConfirm: 'Force Strict',
      releaseTitle: 'Let each app choose again?',
      releaseText:
        'Apps with the Compatible profile may again sign in without PKCE and use their loosening switches.',
      releaseConfirm: 'Stop forcing Strict',
    },
    compatibleApps: {
      title: 'What Strict would stop',
      description: 'What the apps really did in the last 30 days that Strict refuses, and how to change it.',
      noneTitle: 'Strict is safe',
      none: 'No app used anything in the last 30 days that Strict refuses.',
      failed: 'What the apps used could not be loaded',
      mend: (app: string) => `Open App Authorization of ${app}`,
    },
  },

  refusals: {
    title: 'Refused requests',
    description:
      'What was refused to this app in the last 30 days, and why. Codes, tokens and secrets are never kept.',
    endpoint: 'Where',
    everywhere: 'Everywhere',
    reason: 'Why',
    anyReason: 'Any reason',
    endpoints: refusalEndpoints,
    reasons: refusalReasons,
    advice: refusalAdvice,
    emptyTitle: 'Nothing was refused',
    emptyText: 'Refusals appear here a few seconds after they happen.',
    noMatchTitle: 'No refusal matches',
    noMatchText: 'Take a filter away to see more.',
    more: 'Show older ones',
    refresh: 'Refresh',
    details: 'Details',
    open: (what: string) => `Details: ${what}`,
    find: 'Find a request by its id',
    findHint: 'An error page, a header x-request-id or an answer of the token endpoint tells it.',
    findAction: 'Find',
    findMissing: 'Paste the request id first.',
    detailsTitle: 'Refused request',
    ofApp: 'App',
    at: 'When',
    where: 'Where',
    wire: 'What the app was told',
    requestId: 'Request id',
    parameter: 'Parameter',
    received: 'Received',
    expected: 'Expected',
    nearest: 'Nearest registered',
    differs: (at: number) => `They part at character ${at + 1}, which is marked.`,
    mend: 'Mend it in App Authorization',
  },

  auditLog: {
    title: 'Audit log',
    description: (organization: string) =>
      `Who did what in ${organization}, the newest first. Times are yours; days count in UTC.`,
    ownerTitle: 'The audit log is the owner’s',
    ownerText: 'It shows what everybody did, so only the owner of the organization can read it.',
    action: 'What',
    anyAction: 'Anything',
    actor: 'Who (e-mail)',
    app: 'App',
    anyApp: 'Any app',
    from: 'From',
    to: 'To',
    apply: 'Apply',
    clear: 'Clear the filters',
    emptyTitle: 'Nothing here yet',
    emptyText: 'Security-relevant events of the organization appear here.',
    noMatchTitle: 'No entry matches',
    noMatchText: 'Take a filter away, or widen the days.',
    more: 'Show older ones',
    actions: auditActions,
    server: 'The server',
    somebody: 'Somebody',
    formerMember: 'A former member',
    details: 'Details',
    address: 'from',
    requestId: 'Request id',
    exportCsv: 'Export CSV',
    exportLines: 'Export JSON lines',
    exported: (entries: number, cut: boolean) =>
      cut
        ? `The newest ${count(entries, 'entry', 'entries')} are exported; filter by days to get the others`
        : `${count(entries, 'entry', 'entries')} exported`,
    exportFailed: 'The export could not be read to its end',
  },
};
