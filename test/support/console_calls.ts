import type { Answer, Person } from './world.ts';

/** Calls the Console API of a running server as a person, with their cookies and the header it asks for. */
export type ConsoleCalls = (method: string, path: string, body?: unknown) => Promise<Answer>;

export function consoleOf(url: string, { browser }: Pick<Person, 'browser'>): ConsoleCalls {
  async function send(method: string, path: string, csrfToken?: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${url}/console/api${path}`, {
      method,
      headers: {
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(csrfToken === undefined ? {} : { 'x-csrf-token': csrfToken }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }
  return async (method, path, body) => {
    if (method === 'GET') return send(method, path);
    const session = await send('GET', '/session');
    return send(method, path, session.body.csrf_token ?? '', body);
  };
}
