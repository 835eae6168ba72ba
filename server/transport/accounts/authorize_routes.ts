import type { Services } from '../../apis/services.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import type { AuthorizationParameters } from '../../oauth/authorization_request.ts';
import { chooseAccountPage } from '../../pages/choose_account.ts';
import { chooseOrganizationPage } from '../../pages/choose_organization.ts';
import { grantAccessPage } from '../../pages/grant_access.ts';
import { homePage } from '../../pages/home.ts';
import { ooopsPage } from '../../pages/ooops.ts';
import { paths, withHandle } from '../../pages/paths.ts';
import { findScope } from '../../wire/scope_catalogue.ts';
import { noteClient } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';
import { answerApp } from './answer_app.ts';
import {
  admitRedirect,
  appShown,
  authorizationParameters,
  findPending,
  follow,
  goOn,
  isAuthorizationRequest,
  redirectTarget,
  tooManyRedirects,
} from './authorize_flow.ts';
import { ownerHint } from './owner_hint.ts';
import type { PageRequest, PageRoutes } from './pages_plugin.ts';

/** LiveChat's authorization endpoint is `/`; its questions and its error page have addresses of their own. */
export function authorizeRoutes(routes: PageRoutes, services: Services): void {
  const { authorization } = services.grants;

  routes.get(paths.home, async (page) => {
    if (!isAuthorizationRequest(page.query))
      return homePage(page.context, { serverUrl: services.settings.publicUrl });
    // A code must not be issued for somebody who only asks for the headers.
    if (page.request.method === 'HEAD')
      throw new GatehouseError('method_not_allowed', 'Authorization is asked for by GET.');
    noteClient(page.request, page.query.client_id);
    const parameters = authorizationParameters(page.query);
    const circling = await tooManyRedirects(page, services, parameters);
    if (circling) return follow(page, services, await authorization.refuse(parameters, circling), parameters);
    const outcome = await authorization.evaluate(parameters, page.browser.active, actorOf(page.request));
    return follow(page, services, outcome, parameters);
  });

  routes.get(paths.chooseOrganization, async (page) => {
    const pending = await needPending(page, services);
    const { active } = page.browser;
    if (!active) return page.reply.redirect(withHandle(paths.signIn, pending.handle), 303);
    const outcome = await authorization.evaluate(pending.parameters, active, actorOf(page.request));
    if (outcome.kind !== 'choose_organization')
      return follow(page, services, outcome, pending.parameters, pending);
    const own = await services.identity.organizationsOf(active.account.id);
    const eligible = new Set(outcome.organizations.map((organization) => organization.id));
    admitRedirect(page.reply, pending);
    return chooseOrganizationPage(page.context, {
      handle: pending.handle,
      continueTo: outcome.known.app.name,
      organizations: own
        .filter(({ organization }) => eligible.has(organization.id))
        .map(({ organization, membership }) => ({
          id: organization.id,
          name: organization.name,
          licenseId: organization.licenseId,
          role: membership.accountRole,
        })),
    });
  });

  routes.post(paths.chooseOrganization, async (page) => {
    const pending = await needPending(page, services);
    const picked = await authorization.pick(pending, page.form.organization_id ?? '', page.browser.browserId);
    return goOn(page, services, picked);
  });

  routes.get(paths.chooseAccount, async (page) => {
    const pending = await needPending(page, services);
    const outcome = await authorization.evaluate(
      pending.parameters,
      page.browser.active,
      actorOf(page.request),
    );
    const { active } = page.browser;
    if (outcome.kind !== 'choose_account' || !active)
      return follow(page, services, outcome, pending.parameters, pending);
    admitRedirect(page.reply, pending);
    const { name, email } = active.account;
    return chooseAccountPage(page.context, {
      handle: pending.handle,
      continueTo: outcome.known.app.name,
      account: { name, email },
    });
  });

  routes.post(paths.chooseAccount, async (page) => {
    const pending = await needPending(page, services);
    const { active } = page.browser;
    if (page.form.account !== 'present' || !active)
      return page.reply.redirect(`${withHandle(paths.signIn, pending.handle)}&switch=1`, 303);
    return goOn(
      page,
      services,
      await authorization.pickAccount(pending, active.account.id, page.browser.browserId),
    );
  });

  routes.get(paths.grantAccess, async (page) => {
    const pending = await needPending(page, services);
    const { active } = page.browser;
    const outcome = await authorization.evaluate(pending.parameters, active, actorOf(page.request));
    if (outcome.kind !== 'consent' || !active)
      return follow(page, services, outcome, pending.parameters, pending);
    const { account } = active;
    const { known, organization, scopes, consent, request } = outcome;
    const named = await services.identity.organization(organization.licenseId);
    const added = new Set<string>(consent.added);
    // What is shown becomes the request, so that no more is allowed by it if the app's list grows meanwhile.
    const shown: AuthorizationParameters = { ...pending.parameters, scope: scopes.key };
    if (request.scopeLeftOut) shown.scope_left_out = '1';
    const asked =
      pending.parameters.scope === shown.scope
        ? pending
        : await authorization.keep(shown, page.browser.browserId);
    admitRedirect(page.reply, asked);
    return grantAccessPage(page.context, {
      handle: asked.handle,
      app: appShown(known),
      account: { name: account.name, email: account.email },
      organization: { name: named?.name ?? '' },
      scopes: scopes.ids.map((id) => ({ ...findScope(id), isNew: consent.grew && added.has(id) })),
      redirect: redirectTarget(request.redirect.text, request.parameters.flow),
    });
  });

  routes.post(paths.grantAccess, async (page) => {
    const pending = await needPending(page, services);
    const { active } = page.browser;
    switch (page.form.decision) {
      case 'allow': {
        if (!active) return page.reply.redirect(withHandle(paths.signIn, pending.handle), 303);
        const outcome = await authorization.allow(pending, active, actorOf(page.request));
        return follow(page, services, outcome, pending.parameters);
      }
      case 'cancel': {
        const denied = await authorization.cancel(pending);
        return denied === undefined
          ? page.reply.redirect(`${paths.ooops}?oauth_exception=access_denied`, 303)
          : answerApp(page, services, denied);
      }
      case 'switch_account':
        return page.reply.redirect(`${withHandle(paths.signIn, pending.handle)}&switch=1`, 303);
      default:
        throw new GatehouseError('validation', 'Choose "Allow" or "Cancel".');
    }
  });

  routes.get(paths.ooops, async (page) => {
    page.reply.code(400);
    return ooopsPage(page.context, {
      oauthException: page.query.oauth_exception,
      identityException: page.query.identity_exception,
      exceptionDetails: page.query.exception_details,
      requestId: refusedRequestId(page.query.request_id) ?? page.request.id,
      ownerHint: await hintForVisitor(page, services),
    });
  });
}

/** The id of the request that led to the error page; what is no such id is not shown. */
function refusedRequestId(text: string | undefined): string | undefined {
  return text !== undefined && isUuid(text) ? text : undefined;
}

async function needPending(page: PageRequest, services: Services) {
  const pending = await findPending(page, services);
  if (pending) return pending;
  throw new GatehouseError(
    'not_found',
    'This request is too old, was answered already, or was begun in another browser. Go back to the app and start again.',
  );
}

/** The hint for whoever opens the error page, when the refused request was kept beside it. */
async function hintForVisitor(page: PageRequest, services: Services) {
  const { authorization } = services.grants;
  const { active } = page.browser;
  const pending = active && (await authorization.find(page.query.handle, page.browser.browserId));
  const refused = pending && (await authorization.refusal(pending.parameters, active));
  return ownerHint(services, active?.account, refused?.known, refused?.problem);
}
