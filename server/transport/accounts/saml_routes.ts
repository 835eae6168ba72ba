import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { emailProblem } from '../../domain/identity/profile_rules.ts';
import { LOGIN_METHOD_ENFORCED } from '../../domain/identity/sign_in_policy.ts';
import { spMetadata } from '../../domain/sign_in_rules/saml_messages.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { paths, withQuery } from '../../pages/paths.ts';
import {
  leadToProviderPage,
  type SingleSignOnView,
  samlRefusedPage,
  samlTestedPage,
  singleSignOnPage,
} from '../../pages/single_sign_on.ts';
import type { Browsers } from '../http/browser.ts';
import { actorOf } from '../http/request_info.ts';
import { keepOpener } from '../http/security_headers.ts';
import { arrive, onTheWay, previousOf } from './arrival.ts';
import { admitRedirect, clientOf, findPending } from './authorize_flow.ts';
import { type PageRequest, type PageRoutes, safeNext, signInFirst } from './pages_plugin.ts';

const SETTINGS = `${paths.console}/settings/sign-in`;

/** Signing in by the identity provider of an organization (SAML 2.0). */
export function samlRoutes(routes: PageRoutes, services: Services, browsers: Browsers): void {
  const { signIn } = services.signInRules;
  const arrivals = { services, browsers };

  async function show(
    page: PageRequest,
    view: Pick<SingleSignOnView, 'email' | 'problems'>,
  ): Promise<string> {
    const pending = await findPending(page, services);
    const known = await clientOf(services, pending);
    admitRedirect(page.reply, pending);
    return singleSignOnPage(page.context, {
      ...view,
      email: view.email ?? pending?.parameters.email,
      handle: pending?.handle,
      next: safeNext(page.form.next ?? page.query.next),
      continueTo: known?.app.name,
    });
  }

  routes.get(paths.singleSignOn, (page) => show(page, {}));

  routes.post(paths.singleSignOn, async (page) => {
    const email = (page.form.email ?? '').trim();
    const problem = emailProblem(email);
    const led = problem ? undefined : await leadToProvider(page, services, email);
    if (led !== undefined) return led;
    page.reply.code(400);
    const message =
      problem?.message ??
      `No organization here has single sign-on for ${email.slice(email.lastIndexOf('@') + 1)}. Log in with your password.`;
    return show(page, { email, problems: [{ field: 'email', message }] });
  });

  routes.get(paths.samlStart, async (page): Promise<FastifyReply> => {
    needGet(page);
    const { organization_id: organizationId = '', test } = page.query;
    const { active, browserId } = page.browser;
    const tests = test === '1';
    if (tests && !active) return signInFirst(page.reply, withQuery(paths.samlStart, page.query));
    if (tests && active) await needAdministrator(services, organizationId, active.account.id);
    const pending = await findPending(page, services);
    const address = await signIn.ask(
      {
        organizationId,
        browserId,
        handle: tests ? undefined : pending?.handle,
        next: tests ? undefined : safeNext(page.query.next),
        // The app asks who is there, and not who was there this morning.
        force: pending?.parameters.log_in_again !== undefined || page.query.switch === 'again',
        testedBy: tests ? active?.account.id : undefined,
      },
      actorOf(page.request),
    );
    return page.reply.redirect(address, 303);
  });

  routes.postFromElsewhere('/saml/:organization_id/acs', async (page): Promise<FastifyReply | string> => {
    const organizationId = organizationOf(page);
    try {
      const answer = await signIn.answer(organizationId, page.form.SAMLResponse ?? '', actorOf(page.request));
      // No cookie came along from the other site; the next page is opened with them.
      keepOpener(page.reply);
      return page.reply.redirect(withQuery(paths.samlFinish, { answer }), 303);
    } catch (error) {
      if (!isGatehouseError(error) || error.code !== 'authentication') throw error;
      const organization = await services.identity.organizationById(organizationId);
      page.reply.code(401);
      return samlRefusedPage(page.context, {
        organization: organization?.name,
        message: error.message,
        requestId: page.request.id,
      });
    }
  });

  routes.get('/saml/:organization_id/metadata', async (page) => {
    const organization = await services.identity.organizationById(organizationOf(page));
    if (!organization) throw new GatehouseError('not_found', 'There is no organization with this id.');
    const provider = await signIn.provider(organization);
    page.reply.header('content-type', 'application/samlmetadata+xml; charset=utf-8');
    return spMetadata(provider);
  });

  routes.get(paths.samlFinish, async (page): Promise<FastifyReply | string> => {
    needGet(page);
    const { browserId, active } = page.browser;
    const form = {
      answer: page.query.answer ?? '',
      browserId,
      accountId: active?.account.id,
      previous: previousOf(page),
    };
    let finished: Awaited<ReturnType<typeof signIn.finish>>;
    try {
      finished = await signIn.finish(form, actorOf(page.request));
    } catch (error) {
      if (!isGatehouseError(error) || error.reason !== 'saml_over') throw error;
      return page.reply.redirect(withQuery(paths.signIn, { expired: '1' }), 303);
    }
    if (finished.kind === 'tested') {
      const { organization, subject, outcome, message } = finished;
      return samlTestedPage(page.context, {
        organization: organization.name,
        email: subject.email,
        personName: subject.name,
        nameId: subject.nameId,
        outcome,
        message,
        backHref: SETTINGS,
      });
    }
    if (finished.kind === 'refused') {
      const { organization, message } = finished;
      page.reply.code(403);
      return samlRefusedPage(page.context, {
        organization: organization.name,
        message,
        requestId: page.request.id,
      });
    }
    const { loggedIn, back } = finished;
    const onward: PageRequest = { ...page, query: definedOf({ ...back }) };
    if (loggedIn.kind === 'session') return arrive(onward, arrivals, loggedIn);
    browsers.setAttempt(page.reply, loggedIn.cookie);
    return page.reply.redirect(await onTheWay(onward, services, paths.verify), 303);
  });
}

/**
 * Leads to the identity provider of an address's domain, where there is one. By a page and not by a redirect: the
 * browser would hold the redirect that follows a form against the content security policy.
 * @param options.onlyEnforced where another way would do, it is left
 */
export async function leadToProvider(
  page: PageRequest,
  services: Services,
  email: string,
  options: { onlyEnforced?: boolean } = {},
): Promise<string | undefined> {
  const found = await services.signInRules.singleSignOn(email);
  if (!found || (options.onlyEnforced && !found.enforced)) return undefined;
  return leadPage(page, services, found);
}

/** The same for who proved who they are in a way that their organization does not want. */
export async function leadAfterRefusal(
  page: PageRequest,
  services: Services,
  error: unknown,
): Promise<string | undefined> {
  if (!isGatehouseError(error) || error.reason !== LOGIN_METHOD_ENFORCED) return undefined;
  const organization = await services.identity.organizationById(String(error.data?.organization_id));
  if (!organization) return undefined;
  return leadPage(page, services, {
    organizationId: organization.id,
    organization: organization.name,
    enforced: true,
  });
}

async function leadPage(
  page: PageRequest,
  services: Services,
  to: { organizationId: string; organization: string; enforced: boolean },
): Promise<string> {
  const href = await onTheWay(page, services, paths.samlStart, { organization_id: to.organizationId });
  page.reply.code(200).header('refresh', `0; url=${href}`);
  return leadToProviderPage(page.context, { organization: to.organization, href, enforced: to.enforced });
}

async function needAdministrator(
  services: Services,
  organizationId: string,
  accountId: string,
): Promise<void> {
  const organization = await services.identity.organizationById(organizationId);
  const member = organization && (await services.identity.member(organization.licenseId, accountId));
  if (member?.membership.suspendedAt === null && member.membership.accountRole !== 'member') return;
  throw new GatehouseError(
    'authorization',
    'Owners and administrators of the organization test its sign-in.',
  );
}

/** Each keeps something, or uses it up: not for who only asks for the headers. */
function needGet({ request }: PageRequest): void {
  if (request.method === 'HEAD')
    throw new GatehouseError('method_not_allowed', 'This address is opened by GET.');
}

function organizationOf({ request }: PageRequest): string {
  const { organization_id: id = '' } = request.params as { organization_id?: string };
  return id.toLowerCase();
}

function definedOf(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
