import assert from 'node:assert/strict';

export interface PageAnswer {
  status: number;
  /** Of a redirect. */
  location: string | undefined;
  headers: Headers;
  text: string;
}

/** A browser without a window: keeps cookies, reads the hidden fields of forms, follows nothing by itself. */
export interface Browser {
  cookies: Map<string, string>;
  get(path: string): Promise<PageAnswer>;
  /** Opens a page and sends its form with these fields, hidden ones included. */
  submit(path: string, fields: Record<string, string>, action?: string): Promise<PageAnswer>;
  post(path: string, fields: Record<string, string>): Promise<PageAnswer>;
  /** With the cookies of a fresh browser. */
  logIn(email: string, password: string): Promise<PageAnswer>;
}

export function openBrowser(url: string): Browser {
  const cookies = new Map<string, string>();

  async function send(path: string, init: RequestInit): Promise<PageAnswer> {
    const response = await fetch(path.startsWith('http') ? path : url + path, {
      redirect: 'manual',
      ...init,
      headers: {
        accept: 'text/html',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.headers as Record<string, string>),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('location') ?? undefined,
      headers: response.headers,
      text: await response.text(),
    };
  }

  return {
    cookies,
    get: (path) => send(path, { method: 'GET' }),
    async submit(path, fields, action) {
      const page = await send(path, { method: 'GET' });
      const hidden = hiddenFields(page.text);
      assert.ok(hidden.csrf_token, `${path} has no form: ${page.status} ${page.location ?? ''}`);
      return this.post(action ?? path.split('?')[0] ?? path, { ...hidden, ...fields });
    },
    post: (path, fields) => send(path, { method: 'POST', body: new URLSearchParams(fields) }),
    async logIn(email, password) {
      cookies.clear();
      const answer = await this.submit('/signin', { email, password });
      assert.equal(answer.status, 303, `logging in answered ${answer.status}`);
      return answer;
    },
  };
}

/** Of the first form that has them. */
export function hiddenFields(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of html.matchAll(
    /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
  ))
    fields[name] ??= value
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  return fields;
}
