import { demo } from './demo_seed.ts';

/**
 * What the demo prints at its start: the whole walk, from the authorize URL to the chats, as commands to
 * paste. They hold no comments and no exclamation marks, so that bash and zsh take them alike.
 * @param publicUrl origin of the server
 */
export function walkText(publicUrl: string): string {
  const { serverSideApp: app, owner, administrator, agent } = demo;
  const indented = (lines: readonly string[]) => lines.map((line) => (line ? `    ${line}` : ''));
  return [
    '',
    `  Gatehouse is running with demo data: ${publicUrl}`,
    '',
    `  Developer Console   ${publicUrl}/console`,
    `  Log in as           ${owner.email} (owner), ${administrator.email} (administrator), ${agent.email} (member)`,
    `  Password            ${demo.password}`,
    `  Inbox               ${publicUrl}/inbox`,
    `  Chat page           ${publicUrl}/chat/${demo.organizationId}`,
    `  Docs and mail       ${publicUrl}/docs   ${publicUrl}/dev/mail`,
    '',
    '  THE WALK',
    '',
    `  1. Open this address in a browser, and log in as ${owner.email}:`,
    '',
    ...indented([authorizeUrl(publicUrl)]),
    '',
    `  2. The browser goes on to ${app.redirectUri}?code=… and says that it cannot`,
    '     connect, since no app listens there yet. Copy what stands between code= and & in its address',
    '     bar (dal%3A…), and put it between these quotes. It holds for five minutes and works once:',
    '',
    ...indented(["CODE=''"]),
    '',
    '  3. Exchange the code for tokens:',
    '',
    ...indented(exchangeCommands(publicUrl)),
    '',
    '  4. List chats:',
    '',
    ...indented(listChatsCommand(publicUrl, '-H "Authorization: Bearer $ACCESS_TOKEN"')),
    '',
    '  5. Get a new access token when the old one has expired:',
    '',
    ...indented(refreshCommand(publicUrl)),
    '',
    '  Or without an app, by a personal access token (account id and token):',
    '',
    ...indented(listChatsCommand(publicUrl, `-u '${owner.id}:${demo.personalAccessToken}'`)),
    '',
    `  The same as a Postman collection: ${publicUrl}/postman.json`,
    '',
    '',
  ].join('\n');
}

/** Where the person begins. */
export function authorizeUrl(publicUrl: string): string {
  const { clientId, redirectUri } = demo.serverSideApp;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state: 'walk',
  });
  return `${publicUrl}/?${query}`;
}

/** A code copied from an address bar has %3A for its colon; a form body takes either spelling. */
function exchangeCommands(publicUrl: string): string[] {
  const { clientId, clientSecret, redirectUri } = demo.serverSideApp;
  return [
    `TOKENS=$(curl -s '${publicUrl}/v2/token' \\`,
    `  -d 'grant_type=authorization_code' -d "code=$CODE" \\`,
    `  -d 'client_id=${clientId}' -d 'client_secret=${clientSecret}' \\`,
    `  -d 'redirect_uri=${redirectUri}')`,
    `printf '%s\\n' "$TOKENS"`,
    `ACCESS_TOKEN=$(printf '%s' "$TOKENS" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `REFRESH_TOKEN=$(printf '%s' "$TOKENS" | sed 's/.*"refresh_token":"\\([^"]*\\)".*/\\1/')`,
  ];
}

function listChatsCommand(publicUrl: string, credential: string): string[] {
  return [
    `curl -s -X POST '${publicUrl}/v3.6/agent/action/list_chats' \\`,
    `  ${credential} \\`,
    `  -H 'Content-Type: application/json' -d '{"limit": 3}'`,
  ];
}

function refreshCommand(publicUrl: string): string[] {
  const { clientId, clientSecret } = demo.serverSideApp;
  return [
    `curl -s '${publicUrl}/v2/token' \\`,
    `  -d 'grant_type=refresh_token' -d "refresh_token=$REFRESH_TOKEN" \\`,
    `  -d 'client_id=${clientId}' -d 'client_secret=${clientSecret}'`,
  ];
}
