import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { PendingAuthorization } from '../../domain/grants/authorization.ts';
import { SHORTEST_PASSWORD } from '../../domain/identity/password_rules.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { paths } from '../../pages/paths.ts';
import { type SignInFailure, signInPage } from '../../pages/sign_in.ts';
import { signedOutPage, signOutPage } from '../../pages/sign_out.ts';
import { type SignUpField, signUpPage } from '../../pages/sign_up.ts';
import type { Browsers } from '../http/browser.ts';
import { actorOf } from '../http/request_info.ts';
import { admitRedirect, clientOf, findPending, goOn } from './authorize_flow.ts';
import { type PageRequest, type PageRoutes, safeNext } from './pages_plugin.ts';

/** Sign-up, sign-in and sign-out. */
export function signInRoutes(routes: PageRoutes, services: Services, browsers: Browsers): void {
  const { identity } = services;

  /** Where a person goes who just logged in: on with the app, to the page that asked, or to the Console. */
  async function arrive(page: PageRequest, accountId: string, sessionCookie: string, remember: boolean) {
    browsers.setSession(page.reply, sessionCookie, { remember });
    const pending = await findPending(page, services);
    const active = await identity.sessions.find(sessionCookie, actorOf(page.request));
    if (pending && active?.account.id === accountId) return goOn(page, services, pending, active.account);
    return page.reply.redirect(safeNext(page.form.next ?? page.query.next) ?? paths.console, 303);
  }

  routes.get(paths.signUp, async (page) => {
    const pending = await findPending(page, services);
    const known = await clientOf(services, pending);
    admitRedirect(page.reply, pending);
    return signUpPage(page.context, {
      values: pending?.parameters.email ? { email: pending.parameters.email } : undefined,
      passwordMinLength: SHORTEST_PASSWORD,
      handle: pending?.handle,
      continueTo: known?.app.name,
    });
  });

  routes.post(paths.signUp, async (page) => {
    const { name = '', email = '', company = '', password = '' } = page.form;
    try {
      const { cookie, session } = await identity.signUp(
        { name, email, company, password },
        actorOf(page.request),
      );
      return await arrive(page, session.accountId, cookie, false);
    } catch (error) {
      if (!isGatehouseError(error) || error.code !== 'validation') throw error;
      const pending = await findPending(page, services);
      const known = await clientOf(services, pending);
      admitRedirect(page.reply, pending);
      page.reply.code(400);
      return signUpPage(page.context, {
        values: { name, email, company },
        problems: error.fields.map(({ field, message }) => ({ field: field as SignUpField, message })),
        passwordMinLength: SHORTEST_PASSWORD,
        handle: pending?.handle,
        continueTo: known?.app.name,
      });
    }
  });

  async function signIn(
    page: PageRequest,
    pending: PendingAuthorization | undefined,
    view: { email?: string; keepLoggedIn?: boolean; failure?: SignInFailure; notice?: string },
  ): Promise<string> {
    const known = await clientOf(services, pending);
    admitRedirect(page.reply, pending);
    return signInPage(page.context, {
      ...view,
      email: view.email ?? pending?.parameters.email,
      handle: pending?.handle,
      next: safeNext(page.form.next ?? page.query.next),
      continueTo: known?.app.name,
    });
  }

  routes.get(paths.signIn, async (page): Promise<FastifyReply | string> => {
    const pending = await findPending(page, services);
    const { active } = page.browser;
    if (active && page.query.switch === undefined) {
      if (pending) return goOn(page, services, pending);
      return page.reply.redirect(safeNext(page.query.next) ?? paths.console, 303);
    }
    const notice =
      page.query.reset === '1' ? { notice: 'Your password was changed. Log in with the new one.' } : {};
    return signIn(page, pending, notice);
  });

  routes.post(paths.signIn, async (page): Promise<FastifyReply | string> => {
    const { email = '', password = '' } = page.form;
    const keepLoggedIn = page.form.keep_logged_in === '1';
    const pending = await findPending(page, services);
    const missing = [
      ...(email.trim() === '' ? ['email' as const] : []),
      ...(password === '' ? ['password' as const] : []),
    ];
    if (missing.length > 0) {
      page.reply.code(400);
      return signIn(page, pending, { email, keepLoggedIn, failure: { kind: 'missing', fields: missing } });
    }
    const { active } = page.browser;
    const previous = active && { accountId: active.account.id, sessionKey: active.session.key };
    try {
      const { cookie, session } = await identity.logIn(
        { email, password, remember: keepLoggedIn, previous },
        actorOf(page.request),
      );
      return await arrive(page, session.accountId, cookie, keepLoggedIn);
    } catch (error) {
      if (!isGatehouseError(error)) throw error;
      if (error.code === 'authentication') {
        page.reply.code(401);
        return signIn(page, pending, { email, keepLoggedIn, failure: { kind: 'refused' } });
      }
      if (error.code === 'too_many_requests') {
        const seconds = error.retryAfterSeconds ?? 60;
        page.reply.code(429).header('retry-after', String(seconds));
        return signIn(page, pending, { email, keepLoggedIn, failure: { kind: 'throttled', seconds } });
      }
      throw error;
    }
  });

  routes.get(paths.signOut, async (page) => {
    const { active } = page.browser;
    return active ? signOutPage(page.context, { email: active.account.email }) : signedOutPage(page.context);
  });

  routes.post(paths.signOut, async (page) => {
    const { active } = page.browser;
    if (active) await identity.sessions.end(active.account.id, active.session.key, actorOf(page.request));
    browsers.clearSession(page.reply);
    return signedOutPage({ ...page.context, signedInAs: undefined });
  });
}
