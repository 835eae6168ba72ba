import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { SHORTEST_PASSWORD } from '../../domain/identity/password_rules.ts';
import { emailProblem } from '../../domain/identity/profile_rules.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { confirmEmailPage, emailConfirmedPage, linkUnusablePage } from '../../pages/mail_links.ts';
import { forgotPasswordPage, forgotPasswordSentPage, resetPasswordPage } from '../../pages/passwords.ts';
import { paths } from '../../pages/paths.ts';
import { actorOf } from '../http/request_info.ts';
import { findPending } from './authorize_flow.ts';
import type { PageRequest, PageRoutes } from './pages_plugin.ts';

/** What people reach by mail: a forgotten password, and the confirmation of an address. */
export function passwordRoutes(routes: PageRoutes, services: Services): void {
  const { passwords, confirmation } = services.identity;

  routes.get(paths.forgotPassword, async (page) => {
    const pending = await findPending(page, services);
    return forgotPasswordPage(page.context, { email: pending?.parameters.email, handle: pending?.handle });
  });

  routes.post(paths.forgotPassword, async (page) => {
    const { email = '' } = page.form;
    const pending = await findPending(page, services);
    const problem = emailProblem(email.trim());
    if (problem) {
      page.reply.code(400);
      return forgotPasswordPage(page.context, {
        email,
        problems: [{ field: 'email', message: problem.message }],
        handle: pending?.handle,
      });
    }
    await passwords.forgot(email, actorOf(page.request));
    return forgotPasswordSentPage(page.context, {
      email: email.trim(),
      validFor: '1 hour',
      handle: pending?.handle,
    });
  });

  function unusable(page: PageRequest, purpose: 'reset_password' | 'confirm_email'): string {
    page.reply.code(404);
    return linkUnusablePage(page.context, { purpose, reason: 'unknown' });
  }

  routes.get(paths.resetPassword, async (page) => {
    const { token = '' } = page.query;
    const found = await passwords.peek(token);
    if (!found) return unusable(page, 'reset_password');
    return resetPasswordPage(page.context, {
      token,
      email: found.email,
      passwordMinLength: SHORTEST_PASSWORD,
    });
  });

  routes.post(paths.resetPassword, async (page): Promise<FastifyReply | string> => {
    const { token = '', password = '' } = page.form;
    const found = await passwords.peek(token);
    if (!found) return unusable(page, 'reset_password');
    try {
      if (!(await passwords.reset(token, password, actorOf(page.request))))
        return unusable(page, 'reset_password');
    } catch (error) {
      if (!isGatehouseError(error) || error.code !== 'validation') throw error;
      page.reply.code(400);
      return resetPasswordPage(page.context, {
        token,
        email: found.email,
        passwordMinLength: SHORTEST_PASSWORD,
        problems: error.fields.map(({ message }) => ({ field: 'password' as const, message })),
      });
    }
    return page.reply.redirect(`${paths.signIn}?reset=1`, 303);
  });

  // The link opens a page with a button: mail scanners that follow links do not use it up.
  routes.get(paths.confirmEmail, async (page) => {
    const { token = '' } = page.query;
    const found = await confirmation.peek(token);
    return found
      ? confirmEmailPage(page.context, { token, email: found.email })
      : unusable(page, 'confirm_email');
  });

  routes.post(paths.confirmEmail, async (page) => {
    const confirmed = await confirmation.confirm(page.form.token ?? '', actorOf(page.request));
    return confirmed ? emailConfirmedPage(page.context, confirmed) : unusable(page, 'confirm_email');
  });
}
