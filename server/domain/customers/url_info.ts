import { GatehouseError } from '../../kernel/errors.ts';
import type { Throttle } from '../identity/throttling.ts';
import { OutgoingFailure, type OutgoingRequests } from '../outgoing.ts';
import { type PageMeta, readPageMeta } from './page_meta.ts';

export interface UrlInfo extends PageMeta {
  /** As it was asked for. */
  url: string;
}

/**
 * Looks at a page that a customer names, for a preview of the link (docs: customer-chat-api#get-url-info).
 * @throws GatehouseError `validation` alike for an address that may not be reached and for one where nothing
 *   answers, so that nobody finds out what is in the server's network; `too_many_requests`
 */
export function urlInfo(deps: { outgoing: OutgoingRequests; throttle: Throttle }) {
  return async (customerId: string, url: string): Promise<UrlInfo> => {
    await deps.throttle.attempt('url_info_customer', customerId);
    const page = await deps.outgoing.read(url, 'text/html').catch((error: unknown) => {
      throw problemOf(error);
    });
    if (page.status >= 400) throw unreadable();
    if (page.mediaType !== 'text/html' && page.mediaType !== 'application/xhtml+xml') return { url };
    return { url, ...readPageMeta(decode(page.body, page.charset), page.url) };
  };
}

function problemOf(error: unknown): unknown {
  if (!(error instanceof OutgoingFailure)) return error;
  return error.reason === 'busy'
    ? new GatehouseError('service_unavailable', 'Too many pages are being read. Try again.', { cause: error })
    : unreadable(error);
}

function unreadable(cause?: unknown): GatehouseError {
  const message =
    'No page could be read there. It should be the https:// or http:// address of a page that everybody can open.';
  return new GatehouseError('validation', `url: ${message}`, { fields: [{ field: 'url', message }], cause });
}

/** In the page's own encoding, where it names one that is known. */
function decode(body: Uint8Array, charset: string | undefined): string {
  const start = new TextDecoder('latin1').decode(body.subarray(0, 1024));
  const label = charset ?? /<meta[^>]{0,200}charset=["']?([\w-]{1,40})/i.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
