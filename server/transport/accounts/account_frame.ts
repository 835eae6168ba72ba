import type { FastifyReply } from 'fastify';
import type { Account } from '../../domain/identity/records.ts';
import type { ActiveSession } from '../../domain/identity/sessions.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { paths, withQuery } from '../../pages/paths.ts';
import { type PageRequest, signInFirst } from './pages_plugin.ts';

type Answer = Promise<FastifyReply | string>;
type SignedIn = (page: PageRequest, account: Account, active: ActiveSession) => Answer;

/** A page of somebody who is logged in; everybody else logs in first. */
export function signedIn(handler: SignedIn): (page: PageRequest) => Answer {
  return async (page) => {
    const { active } = page.browser;
    return active
      ? handler(page, active.account, active)
      : signInFirst(page.reply, page.request.raw.url ?? paths.account);
  };
}

/**
 * Where the domain asks for a fresh proof of who somebody is, the browser is sent to give it, and comes back.
 * @param back the page to come back to; its own address where nothing is said
 */
export function freshlySignedIn(handler: SignedIn, back?: string): (page: PageRequest) => Answer {
  return signedIn(async (page, account, active) => {
    try {
      return await handler(page, account, active);
    } catch (error) {
      if (!isGatehouseError(error) || error.reason !== 'stale_session') throw error;
      const next = back ?? page.request.raw.url;
      return page.reply.redirect(withQuery(paths.confirmPassword, { next }), 303);
    }
  });
}

/** After something was done: named in the address, so that a reload does not do it again. */
export function done(page: PageRequest, path: string, notice: string): FastifyReply {
  return page.reply.redirect(`${path}?done=${notice}`, 303);
}
