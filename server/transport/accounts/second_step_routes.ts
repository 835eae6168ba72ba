import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { paths } from '../../pages/paths.ts';
import { type SecondStepView, secondStepPage } from '../../pages/second_step.ts';
import type { Browsers } from '../http/browser.ts';
import { actorOf } from '../http/request_info.ts';
import { arrive, onTheWay, previousOf, showSignIn } from './arrival.ts';
import { admitRedirect, clientOf, findPending } from './authorize_flow.ts';
import { type PageRequest, type PageRoutes, safeNext } from './pages_plugin.ts';

import { leadAfterRefusal } from './saml_routes.ts';

/** The second step of signing in, and signing in with a passkey, which needs no second one. */
export function secondStepRoutes(routes: PageRoutes, services: Services, browsers: Browsers): void {
  const { passkeys, secondStep } = services.identity;
  const arrivals = { services, browsers };

  const attemptOf = ({ browser: { attemptCookie, browserId } }: PageRequest) => ({
    cookie: attemptCookie,
    browserId,
  });

  /** The code page, or the first step where there is no attempt (any more). */
  async function show(
    page: PageRequest,
    kind: SecondStepView['kind'],
    failure?: SecondStepView['failure'],
  ): Promise<FastifyReply | string> {
    const found = await secondStep.find(attemptOf(page));
    if (!found) return startAgain(page);
    const pending = await findPending(page, services);
    const known = await clientOf(services, pending);
    admitRedirect(page.reply, pending);
    const owned = passkeys.available() ? await passkeys.list(found.account.id) : [];
    return secondStepPage(page.context, {
      email: found.account.email,
      kind,
      failure,
      passkeys: owned.length > 0,
      keepLoggedIn: found.remember,
      handle: pending?.handle,
      continueTo: known?.app.name,
      next: safeNext(page.form.next ?? page.query.next),
    });
  }

  async function startAgain(page: PageRequest): Promise<FastifyReply> {
    if (page.browser.attemptCookie !== undefined) browsers.clearAttempt(page.reply);
    const expired = page.browser.attemptCookie === undefined ? undefined : '1';
    return page.reply.redirect(await onTheWay(page, services, paths.signIn, { expired }), 303);
  }

  routes.get(paths.verify, (page) => show(page, page.query.with === 'recovery' ? 'recovery' : 'totp'));

  routes.post(paths.verify, async (page) => {
    const recovery = page.form.recovery_code !== undefined;
    const kind = recovery ? 'recovery' : 'totp';
    const code = (recovery ? page.form.recovery_code : page.form.code) ?? '';
    if (code.trim() === '') {
      page.reply.code(400);
      const message = recovery ? 'Enter a recovery code.' : 'Enter the six digits.';
      return show(page, kind, { kind: 'refused', message });
    }
    try {
      const begun = await secondStep.finish(
        attemptOf(page),
        { kind, code },
        previousOf(page),
        actorOf(page.request),
      );
      return await arrive(page, arrivals, begun);
    } catch (error) {
      if (!isGatehouseError(error)) throw error;
      if (error.code === 'not_found') return startAgain(page);
      if (error.reason === 'second_factor_wrong') {
        page.reply.code(401);
        return show(page, kind, { kind: 'refused', message: error.fields[0]?.message ?? error.message });
      }
      if (error.code === 'too_many_requests') {
        const seconds = error.retryAfterSeconds ?? 60;
        page.reply.code(429).header('retry-after', String(seconds));
        return show(page, kind, { kind: 'throttled', seconds });
      }
      throw error;
    }
  });

  routes.post(paths.passkeySignInOptions, async (page) => {
    const options = await passkeys.requestOptions(page.browser.browserId, undefined, actorOf(page.request));
    return sendOptions(page, options);
  });

  routes.post(paths.passkeySignIn, async (page) => {
    const { credential: answer = '' } = page.form;
    const remember = page.form.keep_logged_in === '1';
    if (answer === '') return refused(page, 400, NEEDS_SCRIPTS);
    try {
      const { browserId } = page.browser;
      const begun = await passkeys.signIn(
        { answer, browserId, remember, previous: previousOf(page) },
        actorOf(page.request),
      );
      return await arrive(page, arrivals, begun);
    } catch (error) {
      const led = await leadAfterRefusal(page, services, error);
      if (led !== undefined) return led;
      if (!isGatehouseError(error) || error.code !== 'authentication') throw error;
      return refused(page, 401, error.message);
    }
  });

  function refused(page: PageRequest, status: number, message: string): Promise<string> {
    page.reply.code(status);
    return showSignIn(page, services, { failure: { kind: 'passkey', message } });
  }
}

/** Where the form was sent as it is. */
export const NEEDS_SCRIPTS =
  'Passkeys need JavaScript, which did not run on this page. Allow it and reload, or use your password.';

/** What `passkeys.js` asks for. */
export function sendOptions(page: PageRequest, options: object): string {
  page.reply.header('content-type', 'application/json; charset=utf-8');
  return JSON.stringify(options);
}
