import type { CompatibilityFeature, Profile, RedirectUriPart, Switches } from '../../api/types.ts';
import { apis, count, scopeRoles } from './words.ts';

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
  transfer_no_pkce: {
    name: 'Identity transfer without PKCE',
    change:
      'Send code_challenge when you ask for the transfer token, and code_verifier when you exchange it.',
  },
  plain_http_page: {
    name: 'Customers’ page over plain http',
    change: 'Serve the page by https, and register its https address.',
  },
};

/** The building block App Authorization. */
export const authorizationTexts = {
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
    usedBy: (from: string, by: string) => (by === '' ? `from ${from}` : `from ${from}, by ${by}`),
    retirement: {
      newest: '',
      newer_unused: 'The newer secret has not been used yet: put it into your app first.',
      in_use: 'Still in use, or idle for less than a day of traffic. Not safe to retire yet.',
      safe: 'A day of traffic went by the newer secret alone.',
    },
    safe: 'Safe to retire',
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
    fromRefusal:
      'This address was refused. Add it only if it is your app’s own: whoever it belongs to gets the codes.',
    refused: 'This address is refused.',
    checkFailed: 'The address could not be checked',
    takeSuggestion: (suggestion: string) => `Use ${suggestion}`,
    parts: redirectUriParts,
  },

  redirectTester: {
    title: 'Test a redirect URI',
    description: 'By the matcher that authorization runs, on the whitelist as it stands above, saved or not.',
    input: 'Address that your app sends',
    inputHint: 'Or a whole authorization address: its redirect_uri is taken.',
    taken: { from_address: 'Taken out of the address:', decoded: 'Decoded:' },
    profiles: { compatible: 'Compatible', strict: 'Strict' },
    matches: 'Matches',
    refused: 'Refused',
    inForce: 'in force for this app',
    rules: {
      exact: 'It is, letter for letter, the entry',
      empty_path: 'But for the “/” that stands for an empty path it is the entry',
      loopback_port: 'On the own computer any port is taken; the rest is the entry',
      sub_path: 'It lies below an entry, and the app accepts sub-paths:',
    },
    received: 'Sent',
    registered: 'Nearest entry',
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
};
