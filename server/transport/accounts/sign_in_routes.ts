import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { SHORTEST_PASSWORD } from '../../domain/identity/password_rules.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { paths } from '../../pages/paths.ts';
import { signedOutPage, signOutPage } from '../../pages/sign_out.ts';
import { type SignUpField, signUpPage } from '../../pages/sign_up.ts';
import type { Browsers } from '../http/browser.ts';
import { actorOf } from '../http/request_info.ts';
import { arrive, onTheWay, previousOf, showSignIn } from './arrival.ts';
import {
  admitRedirect,
  clientOf,
  findPending,
  goOn,
  isAuthorizationRequest,
  startAt,
} from './authorize_flow.ts';
import { type PageRequest, type PageRoutes, safeNext } from './pages_plugin.ts';

import { leadAfterRefusal, leadToProvider } from './saml_routes.ts';

/** Said before the form, by a parameter of the address. */
const NOTICES: Record<string, string> = {
  reset: 'Your password was changed. Log in with the new one.',
  expired: 'That took too long, or was begun in another browser. Log in again.',
};

/** Sign-up, sign-in and sign-out. */
export function signInRoutes(routes: PageRoutes, services: Services, browsers: Browsers): void {
  const { identity } = services;
  const arrivals = { services, browsers };

  // The Accounts SDK joins `popup_flow: "manual"` and `path: "/signup"` to one path.
  for (const path of [paths.signUp, `${paths.signIn}${paths.signUp}`]) routes.get(path, showSignUp);

  async function showSignUp(page: PageRequest): Promise<FastifyReply | string> {
    if (isAuthorizationRequest(page.query)) return startAt(page, services, paths.signUp);
    const pending = await findPending(page, services);
    const known = await clientOf(services, pending);
    admitRedirect(page.reply, pending);
    return signUpPage(page.context, {
      values: pending?.parameters.email ? { email: pending.parameters.email } : undefined,
      passwordMinLength: SHORTEST_PASSWORD,
      handle: pending?.handle,
      continueTo: known?.app.name,
    });
  }

  routes.post(paths.signUp, async (page) => {
    const { name = '', email = '', company = '', password = '' } = page.form;
    try {
      const begun = await identity.signUp({ name, email, company, password }, actorOf(page.request));
      return await arrive(page, arrivals, begun);
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

  routes.get(paths.signIn, async (page): Promise<FastifyReply | string> => {
    if (isAuthorizationRequest(page.query)) return startAt(page, services, paths.signIn);
    const pending = await findPending(page, services);
    const { active } = page.browser;
    if (active && page.query.switch === undefined) {
      if (pending) return goOn(page, services, pending);
      return page.reply.redirect(safeNext(page.query.next) ?? paths.console, 303);
    }
    // The app asked for it: the person who is logged in is the likely one.
    if (active && pending && page.query.switch === 'again')
      return showSignIn(page, services, {
        email: pending.parameters.email ?? active.account.email,
        notice: 'Please log in again. The app asks for it to be sure that it is you.',
      });
    const notice = NOTICES[Object.keys(NOTICES).find((name) => page.query[name] === '1') ?? ''];
    return showSignIn(page, services, { notice });
  });

  routes.post(paths.signIn, async (page): Promise<FastifyReply | string> => {
    const { email = '', password = '' } = page.form;
    const keepLoggedIn = page.form.keep_logged_in === '1';
    const missing = [
      ...(email.trim() === '' ? ['email' as const] : []),
      ...(password === '' ? ['password' as const] : []),
    ];
    if (missing.length > 0) {
      // The address alone is enough where its organization has an identity provider.
      const led = email.trim() === '' ? undefined : await leadToProvider(page, services, email);
      if (led !== undefined) return led;
      page.reply.code(400);
      return showSignIn(page, services, {
        email,
        keepLoggedIn,
        failure: { kind: 'missing', fields: missing },
      });
    }
    const { browserId } = page.browser;
    try {
      const loggedIn = await identity.logIn(
        { email, password, remember: keepLoggedIn, browserId, previous: previousOf(page) },
        actorOf(page.request),
      );
      if (loggedIn.kind === 'session') return await arrive(page, arrivals, loggedIn);
      browsers.setAttempt(page.reply, loggedIn.cookie);
      return page.reply.redirect(await onTheWay(page, services, paths.verify), 303);
    } catch (error) {
      if (!isGatehouseError(error)) throw error;
      const led =
        (await leadAfterRefusal(page, services, error)) ??
        // Said alike whether the password was right, so that nobody can try passwords here.
        (error.code === 'authentication'
          ? await leadToProvider(page, services, email, { onlyEnforced: true })
          : undefined);
      if (led !== undefined) return led;
      if (error.code === 'authentication') {
        page.reply.code(401);
        return showSignIn(page, services, { email, keepLoggedIn, failure: { kind: 'refused' } });
      }
      if (error.code === 'too_many_requests') {
        const seconds = error.retryAfterSeconds ?? 60;
        page.reply.code(429).header('retry-after', String(seconds));
        return showSignIn(page, services, { email, keepLoggedIn, failure: { kind: 'throttled', seconds } });
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
