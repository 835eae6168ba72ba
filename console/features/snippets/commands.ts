/** The commands that the Console shows to paste into a shell. */

/** Quotes for a POSIX shell. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The address of an Agent Chat method under the API's base address. */
export function agentMethodUrl(api: string, method: string): string {
  return `${api.replace(/\/+$/, '')}/v3.6/agent/action/${method}`;
}

/** List Chats as curl; `authorization` is the header's value. */
export function listChatsCommand(api: string, authorization: string): string {
  return [
    `curl -X POST ${quote(agentMethodUrl(api, 'list_chats'))}`,
    `  -H ${quote(`Authorization: ${authorization}`)}`,
    `  -H 'Content-Type: application/json'`,
    `  -d '{}'`,
  ].join(' \\\n');
}

/** A form-encoded POST as curl. */
export function formPostCommand(url: string, fields: readonly (readonly [string, string])[]): string {
  return [
    `curl -X POST ${quote(url)}`,
    ...fields.map(([name, value]) => `  --data-urlencode ${quote(`${name}=${value}`)}`),
  ].join(' \\\n');
}
