import { ChatApiError, readChatApiError } from './chat_api_error.ts';

/** One of the two chat APIs, opened by a bearer token that is kept in memory alone. */
export interface ActionClient {
  /** @throws ChatApiError */
  call<T = Record<string, unknown>>(method: string, body: unknown): Promise<T>;
  /** Sends a file. @returns its address @throws ChatApiError */
  upload(file: File): Promise<string>;
  /** False once the server said that it has no such method. */
  has(method: string): boolean;
}

/** A call that hangs longer than this is given up; it may be sent again. */
const LONGEST_CALL = 30_000;
const LONGEST_UPLOAD = 5 * 60_000;

/** Sends a request and reads its JSON. @throws ChatApiError */
export async function fetchJson<T>(address: string, init: RequestInit, longest = LONGEST_CALL): Promise<T> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(longest), ...init });
    const text = await response.text();
    body = readJson(text);
  } catch {
    throw new ChatApiError({ status: 0, type: 'network' });
  }
  if (response.ok && body !== undefined) return body as T;
  throw readChatApiError(response.status, response.headers.get('retry-after'), body, Date.now());
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param options.base such as `/v3.6/customer/action/`
 * @param options.query goes along with every call
 * @param options.token a live token; `renew` asks for another one than the last
 */
export function actionClient(options: {
  base: string;
  query?: string;
  token(renew: boolean): Promise<string>;
}): ActionClient {
  const { base, query = '', token } = options;
  const missing = new Set<string>();

  async function send<T>(method: string, init: () => RequestInit, longest?: number): Promise<T> {
    const once = async (renew: boolean): Promise<T> => {
      const { headers, ...rest } = init();
      return fetchJson<T>(
        `${base}${method}${query}`,
        {
          method: 'POST',
          credentials: 'omit',
          headers: { ...(headers as Record<string, string>), authorization: `Bearer ${await token(renew)}` },
          ...rest,
        },
        longest,
      );
    };
    try {
      return await once(false);
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      if (error.status === 401) return once(true);
      if (error.status === 404 && error.message.startsWith('There is no method')) missing.add(method);
      throw error;
    }
  }

  return {
    has: (method) => !missing.has(method),
    call: (method, body) =>
      send(method, () => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })),
    async upload(file) {
      const body = () => {
        const form = new FormData();
        form.append('file', file, file.name);
        return { body: form };
      };
      return (await send<{ url: string }>('upload_file', body, LONGEST_UPLOAD)).url;
    },
  };
}
