import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { SHORTEST_PASSWORD } from '../../domain/identity/password_rules.ts';
import type { Account, Organization } from '../../domain/identity/records.ts';
import { loginSubject } from '../../domain/identity/throttling.ts';
import type { FoundInvitation } from '../../domain/people/invitation_answers.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import {
  answerInvitationPage,
  type InvitationSignUpField,
  type InvitationView,
  invitationDeclinedPage,
  invitationEndedPage,
  invitationLogInPage,
  invitationOtherAccountPage,
  invitationSignUpPage,
} from '../../pages/invitation.ts';
import { paths } from '../../pages/paths.ts';
import type { Browsers } from '../http/browser.ts';
import { actorOf } from '../http/request_info.ts';
import type { PageRequest, PageRoutes } from './pages_plugin.ts';

import { leadAfterRefusal } from './saml_routes.ts';

type Open = Extract<FoundInvitation, { state: 'open' }>;

/** The link of an invitation's mail: what it shows depends on who opens it. */
export function invitationRoutes(routes: PageRoutes, services: Services, browsers: Browsers): void {
  const { identity, people } = services;
  const { answers } = people;

  /** Also after an attempt that came too late: says what became of the link meanwhile. */
  async function show(page: PageRequest, token: string): Promise<string> {
    const found = await answers.find(token);
    if (found.state !== 'open') {
      page.reply.code(404);
      return invitationEndedPage(page.context, { reason: found.state });
    }
    const view = viewOf(found, token);
    const { active } = page.browser;
    if (active && !isFor(found, active.account)) {
      page.reply.code(403);
      return invitationOtherAccountPage(page.context, {
        ...view,
        signedInEmail: active.account.email,
        hasAccount: found.hasAccount,
      });
    }
    if (active) return answerInvitationPage(page.context, view);
    if (found.hasAccount) return invitationLogInPage(page.context, view);
    return invitationSignUpPage(page.context, { ...view, passwordMinLength: SHORTEST_PASSWORD });
  }

  // The link opens a page with buttons: mail scanners that follow links do not use it up.
  routes.get(paths.invitation, (page) => show(page, page.query.token ?? ''));

  routes.post(paths.acceptInvitation, async (page): Promise<FastifyReply | string> => {
    const { token = '' } = page.form;
    const { active } = page.browser;
    const joined =
      active && (await unlessOther(answers.accept(token, active.account, actorOf(page.request))));
    if (!active || !joined) return show(page, token);
    await identity.sessions.chooseOrganization(active.account.id, active.session.key, joined.id);
    return page.reply.redirect(paths.console, 303);
  });

  routes.post(paths.declineInvitation, async (page) => {
    const { token = '' } = page.form;
    const account = page.browser.active?.account;
    const declined = await unlessOther(answers.decline(token, account, actorOf(page.request)));
    return declined
      ? invitationDeclinedPage(page.context, { organization: declined.name })
      : show(page, token);
  });

  routes.post(paths.signUpByInvitation, async (page): Promise<FastifyReply | string> => {
    const { token = '', name = '', password = '' } = page.form;
    // Who is logged in has an account: the page says what to do.
    if (page.browser.active) return show(page, token);
    try {
      const begun = await answers.signUp(token, { name, password }, actorOf(page.request));
      if (!begun) return show(page, token);
      browsers.setSession(page.reply, begun.cookie, { remember: false });
      return page.reply.redirect(paths.console, 303);
    } catch (error) {
      if (!isGatehouseError(error)) throw error;
      const led = await leadAfterRefusal(page, services, error);
      if (led !== undefined) return led;
      if (error.code === 'already_exists') return show(page, token);
      const found = error.code === 'validation' ? await answers.find(token) : undefined;
      if (found?.state !== 'open') throw error;
      page.reply.code(400);
      return invitationSignUpPage(page.context, {
        ...viewOf(found, token),
        values: { name },
        passwordMinLength: SHORTEST_PASSWORD,
        problems: error.fields.map(({ field, message }) => ({
          field: field as InvitationSignUpField,
          message,
        })),
      });
    }
  });
}

function viewOf({ invitation, organization }: Open, token: string): InvitationView {
  return {
    token,
    organization: organization.name,
    invitedBy: invitation.invitedByName,
    email: invitation.email,
    role: invitation.accountRole,
  };
}

function isFor({ invitation }: Open, account: Account): boolean {
  return loginSubject(account.email) === loginSubject(invitation.email);
}

/** The page explains to whom an invitation belongs; nothing needs to be thrown for it. */
async function unlessOther(work: Promise<Organization | undefined>): Promise<Organization | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isGatehouseError(error) && error.reason === 'other_account') return undefined;
    throw error;
  }
}
