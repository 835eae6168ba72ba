import type { Clock, Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { policyOf } from '../../oauth/client_profile.ts';
import { matchRedirectUri, type ParsedRedirectUri, parseRedirectUri } from '../../oauth/redirect_uri.ts';
import { redirectReasons } from '../../oauth/refusal_reasons.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Storage } from '../storage.ts';

const DEFAULT_PORT: Record<string, number> = { http: 80, https: 443 };

/** As browsers spell it in the header Origin: no default port, no path (RFC 6454 §6.2). */
function originOf(uri: ParsedRedirectUri): string | undefined {
  if (uri.kind === 'custom_scheme') return undefined;
  const port = uri.port === null || uri.port === DEFAULT_PORT[uri.scheme] ? '' : `:${uri.port}`;
  return `${uri.scheme}://${uri.host}${port}`;
}

function originsOf(uris: readonly string[]): string[] {
  return uris.flatMap((text) => {
    const parsed = parseRedirectUri(text);
    const origin = parsed.ok ? originOf(parsed.uri) : undefined;
    return origin === undefined ? [] : [origin];
  });
}

/** Origins of the pages that a client may run on: those of its redirect URIs, where its profile admits them. */
export function originsOfClient({ client, organization }: ClientOfApp): string[] {
  const policy = policyOf(client, organization).redirect;
  return originsOf(client.redirectUris.filter((uri) => matchRedirectUri(uri, [uri], policy).matched));
}

/**
 * Checks where a cookie request comes from.
 *
 * A browser vouches for the header Origin, and a page shares its origin with every path of it: that the
 * origin is registered is what protects. `redirect_uri` is whatever the caller writes; nothing is sent there.
 * It is checked since LiveChat documents it, and a page may send its own address for it, as LiveChat's SDK
 * does. Without Origin the caller is no browser, and `redirect_uri` is all there is.
 * @throws GatehouseError `authorization`, `validation`
 */
export function checkPage(
  known: ClientOfApp,
  origin: string | undefined,
  redirectUri: string | undefined,
): void {
  const origins = originsOfClient(known);
  if (origin !== undefined && !origins.includes(origin))
    throw new GatehouseError(
      'authorization',
      `The page's origin ${shown(origin)} is not registered for this app. In the Console, under App Authorization, add a redirect URI of that origin.`,
      { reason: 'origin_not_registered', refusal: { parameter: 'Origin', received: origin } },
    );
  if (redirectUri === undefined) {
    if (origin !== undefined) return;
    throw new GatehouseError(
      'validation',
      '`redirect_uri` is missing, and no Origin came in its place. Send one of the redirect URIs of the app.',
      { fields: [{ field: 'redirect_uri', message: 'It is missing.' }] },
    );
  }
  if (origin !== undefined && URL.parse(redirectUri)?.origin === origin) return;
  if (origins.includes(redirectUri)) return;
  const policy = policyOf(known.client, known.organization).redirect;
  const match = matchRedirectUri(redirectUri, known.client.redirectUris, policy);
  if (match.matched) return;
  throw new GatehouseError(
    'validation',
    `\`redirect_uri\` ${shown(redirectUri)} is not one of the redirect URIs of this app. Compare it with those under App Authorization in the Console.`,
    {
      fields: [{ field: 'redirect_uri', message: 'Not one of the redirect URIs of this app.' }],
      reason: redirectReasons[match.reason],
      refusal: { parameter: 'redirect_uri', received: redirectUri },
    },
  );
}

/** Is the page one of another machine, served by http? The strict profile takes none. */
export function isPlainHttpPage(origin: string | undefined, redirectUri: string | undefined): boolean {
  const parsed = parseRedirectUri(origin ?? redirectUri ?? '');
  return parsed.ok && parsed.uri.kind === 'http';
}

/** Origins of the pages of all clients, kept until an app changes. */
export interface OriginCache {
  read(load: () => Promise<ReadonlySet<string>>, now: Micros): Promise<ReadonlySet<string>>;
  forget(): void;
}

/** @param maxAge microseconds that the list is believed */
export function originCache(maxAge: () => number): OriginCache {
  let held: { origins: Promise<ReadonlySet<string>>; readAt: Micros } | undefined;
  return {
    read(load, now) {
      if (held && now - held.readAt <= maxAge()) return held.origins;
      const entry = { origins: load(), readAt: now };
      held = entry;
      entry.origins.catch(() => {
        if (held === entry) held = undefined;
      });
      return entry.origins;
    },
    forget() {
      held = undefined;
    },
  };
}

/** Is the origin registered for any client? All that can be asked before the body is there. */
export function knownOrigins(deps: {
  storage: Storage;
  clock: Clock;
  origins: OriginCache;
}): (origin: string) => Promise<boolean> {
  const load = async () => new Set(originsOf(await deps.storage.read.grants.registeredRedirectUris()));
  return async (origin) => (await deps.origins.read(load, deps.clock.now())).has(origin);
}

function shown(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?');
  return `"${printable.length > 100 ? `${printable.slice(0, 99)}…` : printable}"`;
}
