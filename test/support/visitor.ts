import type { Answer, World } from './world.ts';

/** A browser on an organization's page: it sends Origin and its customer's cookies, and keeps those that come. */
export interface Visitor {
  cookies: Map<string, string>;
  /** The last `Set-Cookie` headers. */
  received: string[];
  post(path: string, body: unknown): Promise<Answer>;
}

/** @param origin of the page; undefined for a program, which sends no such header */
export function openVisitor(
  world: World,
  origin: string | undefined,
  cookies: Iterable<[string, string]> = [],
): Visitor {
  const visitor: Visitor = {
    cookies: new Map(cookies),
    received: [],
    async post(path, body) {
      const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(world.url + path, {
        method: 'POST',
        // As LiveChat's SDK sends it: JSON that calls itself text.
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: {
          'content-type': 'text/plain;charset=UTF-8',
          ...(origin === undefined ? {} : { origin }),
          ...(cookie === '' ? {} : { cookie }),
        },
      });
      visitor.received = response.headers.getSetCookie();
      for (const line of visitor.received) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        visitor.cookies.set(name, value);
      }
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
  };
  return visitor;
}
