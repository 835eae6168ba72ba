import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { Session } from '../../domain/identity/records.ts';
import { paths, withQuery } from '../../pages/paths.ts';
import { type SignInView, signInPage } from '../../pages/sign_in.ts';
import type { Browsers } from '../http/browser.ts';
import { actorOf } from '../http/request_info.ts';
import { admitRedirect, clientOf, findPending, goOn } from './authorize_flow.ts';
import { type PageRequest, safeNext } from './pages_plugin.ts';

/** Where a person goes who just logged in: on with the app, to the page that asked, or to the Console. */
export async function arrive(
  page: PageRequest,
  { services, browsers }: { services: Services; browsers: Browsers },
  begun: { cookie: string; session: Session },
): Promise<FastifyReply> {
  browsers.setSession(page.reply, begun.cookie, begun.session);
  if (page.browser.attemptCookie !== undefined) browsers.clearAttempt(page.reply);
  const pending = await findPending(page, services);
  const active = await services.identity.sessions.find(begun.cookie, actorOf(page.request));
  if (pending && active?.account.id === begun.session.accountId) return goOn(page, services, pending, active);
  return page.reply.redirect(safeNext(page.form.next ?? page.query.next) ?? paths.console, 303);
}

/** The session that the browser came with, which ends when another begins. */
export function previousOf({ browser: { active } }: PageRequest) {
  return active && { accountId: active.account.id, sessionKey: active.session.key };
}

/** The sign-in page, with the flow that waits behind it. */
export async function showSignIn(
  page: PageRequest,
  services: Services,
  view: Pick<SignInView, 'email' | 'keepLoggedIn' | 'failure' | 'notice'>,
): Promise<string> {
  const pending = await findPending(page, services);
  const known = await clientOf(services, pending);
  admitRedirect(page.reply, pending);
  return signInPage(page.context, {
    ...view,
    email: view.email ?? pending?.parameters.email,
    handle: pending?.handle,
    next: safeNext(page.form.next ?? page.query.next),
    continueTo: known?.app.name,
    passkeys: services.identity.passkeys.available(),
  });
}

/** An address on the way in, with what leads back to the same place: the flow that waits, the page that asked. */
export async function onTheWay(
  page: PageRequest,
  services: Services,
  path: string,
  more: Record<string, string | undefined> = {},
): Promise<string> {
  const pending = await findPending(page, services);
  const next = safeNext(page.form.next ?? page.query.next);
  return withQuery(path, { handle: pending?.handle, next, ...more });
}
