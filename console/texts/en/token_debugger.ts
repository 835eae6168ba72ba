import type { LifeState, SpellingNote } from '../../api/token_debugger.ts';

const kinds: Record<string, string> = {
  access: 'Access token of a person',
  bot: 'Access token of a bot',
  refresh: 'Refresh token',
  code: 'Authorization code',
  customer: 'Access token of a customer',
  personal: 'Personal access token',
  inbox: 'Token of the built-in inbox',
  identity_transfer: 'Identity transfer token',
  device: 'Device code',
  pushed: 'Pushed request',
  initial: 'Initial access token',
  registration: 'Registration access token',
  jwt: 'JWT, such as an ID token',
};

const states: Record<LifeState, string> = {
  alive: 'Works',
  used: 'Used up',
  rotated: 'Rotated',
  expired: 'Expired',
  idle: 'Expired, unused',
  evicted: 'Gave way',
  revoked: 'Revoked',
  holder_gone: 'Person gone',
  holder_suspended: 'Person suspended',
  bot_gone: 'Bot gone',
};

const explanations: Record<LifeState, string> = {
  alive: 'It is accepted where its kind and its scopes are.',
  used: 'It was exchanged for tokens, as is right. A code works once; a second try kills the whole family.',
  rotated:
    'It was exchanged for a newer refresh token. To send it again, later than ten seconds after, counts as theft and kills the family.',
  expired: 'Its time is over. Use the refresh token, or send the person through authorization again.',
  idle: 'Nobody used it for 30 days. Send the person through authorization again.',
  evicted:
    'It had to give way: of one app and person the 25 newest access tokens and the 25 newest refresh tokens live. Refresh less often, or keep the token instead of asking for one each time.',
  revoked: 'It was revoked. Send the person through authorization again.',
  holder_gone: 'The token is whole, but its person is no longer in the organization.',
  holder_suspended: 'The token is whole, but its person is suspended. It works again when that is lifted.',
  bot_gone: 'The token is whole, but the bot, or its app, was removed.',
};

const reasons: Record<string, string> = {
  code_replayed: 'The code came a second time, so that the family counts as stolen (RFC 6749, 4.1.2).',
  device_code_replayed: 'The device code came a second time, so that the family counts as stolen.',
  refresh_token_reused:
    'A refresh token came again after it was rotated, so that the family counts as stolen. Two processes may have refreshed at once: let one do it, and share what it gets.',
  revoked: 'The app revoked it.',
  revoked_in_console: 'Somebody revoked it here in the Console. The audit log tells who.',
  grant_withdrawn: 'The person took the app’s access back, on their account’s page of apps.',
  member_removed: 'The person was removed from the organization, or left it.',
  app_deleted: 'The app was deleted.',
  authorization_removed: 'The App Authorization block was removed.',
  secret_retired: 'The client secret by which the bot got it was retired.',
  bot_removed: 'The bot was removed.',
};

const notes: Record<SpellingNote, string> = {
  header_name: 'The header’s name was pasted along.',
  bearer: 'It came with “Bearer”, as a header has it.',
  basic: 'It came as HTTP Basic, and was decoded.',
  pair: 'It came with the account id before it, as curl -u takes it.',
  quotes: 'Quotation marks were around it.',
  white_space: 'There was white space within; a header takes none.',
  percent_encoded:
    '%3A stands for the colon in addresses only. In a header or a body write “:”, or it is refused.',
  from_address: 'It was taken out of an address.',
  region_missing:
    'The region before the colon is missing. As it stands it is refused: the whole token begins so.',
};

/** What a kind is for, and where it goes. */
const uses: Record<string, string> = {
  refresh:
    'Send it to the token endpoint with grant_type=refresh_token, and take the access token from the answer.',
  code: 'Exchange it at the token endpoint within its short life, and take the access token from the answer.',
  customer:
    'It opens the Customer Chat API alone. The Agent Chat API and the Configuration API take an agent’s token: send a person through authorization, or make a personal access token.',
  personal: 'Send it by HTTP Basic: the account id is the user name, the token the password.',
  jwt: 'Tokens for APIs are opaque here. An ID token tells your own app who logged in: check it there, with the keys at /oauth2/jwks.',
  inbox: 'The inbox asks for it by itself, and it lives for minutes. It hangs on the login session.',
  identity_transfer: 'It is good once, within an hour, for a customer token in another browser.',
  device: 'Send it to the token endpoint until the person has decided.',
};

export const tokenDebuggerTexts = {
  tokenDebugger: {
    title: 'Token debugger',
    description:
      'Paste a code or token and see what it is, whether it works, and why not. It is looked up and forgotten: never stored, never logged.',
    field: 'Code or token',
    fieldHint: 'Also with “Bearer”, with %3A, as HTTP Basic, or the whole address that came back.',
    inspect: 'Inspect',
    clear: 'Clear',
    missing: 'Paste a code or token first.',
    unknownTitle: 'No such token',
    unknownText:
      'This server has none like it. It may be cut off, of another server, or dead for more than 30 days. Copy it again, whole.',
    unknownKindText: (kind: string) => `By its form it is this: ${kind}.`,
    foreignTitle: 'Not yours',
    foreignText: 'It belongs to another organization. Switch to that one, if you are in it, to see more.',
    kinds,
    otherKind: 'Another secret of this server',
    uses,
    states,
    explanations,
    reasons,
    notes,
    notesTitle: 'How it was spelled',
    app: 'App',
    account: 'Person',
    bot: 'Bot',
    customer: 'Customer',
    organization: 'Organization',
    license: (id: number) => `license ${id}`,
    name: 'Name',
    issued: 'Issued',
    expires: 'Expires',
    expired: 'Expired',
    ended: 'Ended',
    lastUsed: 'Last used',
    never: 'never',
    somebody: 'Somebody who left',
    scopes: 'What it may do',
    noScopes: 'Tokens of customers have no scopes.',
    notEffective: 'not now: the role of its holder does not allow it',
    opens: 'Which API it opens',
    opensNothing: 'None by itself.',
    opensMethods: (count: number) => (count === 1 ? '1 method' : `${count} methods`),
    apis: {
      agent: 'Agent Chat API',
      configuration: 'Configuration API',
      customer: 'Customer Chat API',
    },
    family: 'Its family',
    familyHint:
      'What came of one authorization. To revoke a part revokes what hangs below it, at once and everywhere.',
    familyLabel: 'Family of tokens',
    familyTruncated: 'Older, dead tokens of this family are not shown.',
    nodes: { code: 'Code', refresh: 'Refresh token', access: 'Access token' },
    thisOne: 'the pasted one',
    revoke: 'Revoke',
    revokeNode: (what: string) => `Revoke: ${what}`,
    revokeTitle: 'Revoke it?',
    revokeTexts: {
      code: 'The whole family dies: every token that came of this authorization. The app has to send the person through authorization again.',
      refresh:
        'This refresh token dies, with those that followed it and their access tokens. The app has to send the person through authorization again.',
      access: 'This access token dies at once. The app can get another one by its refresh token.',
      customer: 'The customer is logged out of the chat until the widget gets another token.',
      personal: 'Scripts that use it are refused from now on. It cannot be brought back.',
    },
    revoked: 'Revoked',
    openApp: 'Open the app',
    refused: 'See what was refused to the app',
  },
};
