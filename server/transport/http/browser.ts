import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IdentityService } from '../../domain/identity/identity_service.ts';
import type { ActiveSession } from '../../domain/identity/sessions.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { equalBytes, type Keyring, mac } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import { actorOf } from './request_info.ts';

/** What the server knows of the browser behind a request. */
export interface BrowserContext {
  /** Names this browser, signed in or not; authorization requests and CSRF tokens are bound to it. */
  browserId: string;
  active: ActiveSession | undefined;
  /** Of a sign-in that waits for its second step; whether it is good, the domain can tell. */
  attemptCookie: string | undefined;
  csrfToken: string;
}

export interface Browsers {
  /** Reads the cookies; gives the browser a name when it has none. */
  read(request: FastifyRequest, reply: FastifyReply): Promise<BrowserContext>;
  setSession(reply: FastifyReply, cookie: string, session: { remember: boolean }): void;
  clearSession(reply: FastifyReply): void;
  setAttempt(reply: FastifyReply, cookie: string): void;
  clearAttempt(reply: FastifyReply): void;
  /** @throws GatehouseError `authorization` when the token is missing or another browser's or session's */
  checkCsrf(browser: BrowserContext, presented: unknown): void;
}

const REMEMBERED_SECONDS = 30 * 86_400;
const BROWSER_SECONDS = 400 * 86_400;
const ATTEMPT_SECONDS = 600;
const BROWSER_ID = /^[A-Za-z0-9_-]{32}$/;

/**
 * Cookies: `gatehouse_browser`, `gatehouse_session` and `gatehouse_sign_in`, with the prefix `__Host-` on https, which keeps other
 * hosts from planting them (RFC 6265bis §4.1.3.2).
 */
export function browsers(deps: {
  identity: IdentityService;
  keyring: Keyring;
  random: Random;
  https: boolean;
}): Browsers {
  const csrfKey = deps.keyring.derive('csrf');
  const prefix = deps.https ? '__Host-' : '';
  const sessionCookie = `${prefix}gatehouse_session`;
  const browserCookie = `${prefix}gatehouse_browser`;
  const attemptCookie = `${prefix}gatehouse_sign_in`;
  // Lax: the cookie must come along when an app sends the person here.
  const attributes = { path: '/', httpOnly: true, secure: deps.https, sameSite: 'lax' } as const;

  function csrfToken(browserId: string, active: ActiveSession | undefined): string {
    return mac(csrfKey, `${browserId} ${active?.session.key ?? ''}`).toString('base64url');
  }

  return {
    async read(request, reply) {
      const presented = request.cookies[browserCookie];
      const browserId =
        presented !== undefined && BROWSER_ID.test(presented)
          ? presented
          : deps.random.bytes(24).toString('base64url');
      if (browserId !== presented)
        reply.setCookie(browserCookie, browserId, { ...attributes, maxAge: BROWSER_SECONDS });
      const active = await deps.identity.sessions.find(request.cookies[sessionCookie], actorOf(request));
      return {
        browserId,
        active,
        attemptCookie: request.cookies[attemptCookie],
        csrfToken: csrfToken(browserId, active),
      };
    },
    setSession(reply, cookie, session) {
      reply.setCookie(sessionCookie, cookie, {
        ...attributes,
        ...(session.remember ? { maxAge: REMEMBERED_SECONDS } : {}),
      });
    },
    clearSession(reply) {
      reply.clearCookie(sessionCookie, attributes);
    },
    setAttempt(reply, cookie) {
      reply.setCookie(attemptCookie, cookie, { ...attributes, maxAge: ATTEMPT_SECONDS });
    },
    clearAttempt(reply) {
      reply.clearCookie(attemptCookie, attributes);
    },
    checkCsrf(browser, presented) {
      const expected = Buffer.from(browser.csrfToken);
      if (typeof presented === 'string' && equalBytes(Buffer.from(presented), expected)) return;
      throw new GatehouseError(
        'authorization',
        'This form is too old, or was opened before you logged in or out. Go back, reload the page and try again.',
        { reason: 'csrf_token_wrong' },
      );
    },
  };
}
