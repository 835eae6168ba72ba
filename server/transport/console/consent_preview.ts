import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { registered } from '../../domain/grants/authorization.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { rehearsalParts, rehearsalPerson, rehearseConsent } from '../../oauth/consent_rehearsal.ts';
import { grantAccessPage } from '../../pages/grant_access.ts';
import { findScope } from '../../wire/scope_catalogue.ts';
import { appShown, redirectTarget } from '../accounts/authorize_flow.ts';
import { type PagesDeps, pageContext, sendErrorPage, signInFirst } from '../accounts/pages_plugin.ts';
import { readQuery } from '../http/body.ts';
import { pagePolicy } from '../http/security_headers.ts';
import { checkAccess } from './console_access.ts';
import { consoleCaller } from './console_caller.ts';

/** No script runs in it, no form of it is sent, and the Console alone may frame it. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/**
 * The consent page of an app, the very one that people see, for its developer: as somebody of a role sees it.
 * There is no request behind it, so that nothing can be allowed by it.
 */
export function consentPreview(pages: PagesDeps): FastifyPluginAsync {
  const { services, browsers } = pages;
  return async (app: FastifyInstance) => {
    app.setErrorHandler((error, request, reply) => sendErrorPage(pages, error, request, reply));
    app.get('/console/consent_preview/:app_id', async (request, reply) => {
      const browser = await browsers.read(request, reply);
      if (!browser.active)
        return signInFirst(reply.header('cache-control', 'no-store'), request.raw.url ?? '/console');
      const caller = await consoleCaller(services.identity, browser);
      checkAccess({ access: 'developer' }, caller);
      const { app_id: appId } = request.params as { app_id: string };
      const part = rehearsalParts.find((each) => each === readQuery(request).as) ?? 'owner';
      if (!isUuid(appId)) throw notFound();
      const { client } = await services.apps.get(caller.organization.licenseId, appId);
      const known = client && (await services.apps.client(client.clientId));
      if (!known) throw notFound();
      const step = rehearseConsent(registered(known), rehearsalPerson(registered(known), part));
      if (!step.ok) throw new GatehouseError('validation', step.problem.check);
      const { scopes, request: checked } = step.value;
      const other = part === 'other_organization';
      pagePolicy(reply)
        .header('content-security-policy', POLICY)
        .header('x-frame-options', 'SAMEORIGIN')
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8');
      const { csrfToken: _, signedInAs: __, ...context } = pageContext(pages, undefined);
      const html = grantAccessPage(context, {
        handle: 'preview',
        app: appShown(known),
        account: { name: 'Alex Example', email: 'alex@example.com' },
        organization: { name: other ? 'Another organization' : known.organization.name },
        scopes: scopes.ids.map((id) => findScope(id)),
        redirect: redirectTarget(checked.redirect.text, undefined),
      });
      // The sandbox would refuse them, and say so on the console of whoever develops.
      return html.replace(/<script\b[^>]*><\/script>/g, '');
    });
  };
}

function notFound(): GatehouseError {
  return new GatehouseError('not_found', 'There is no app with this id in your organization.');
}
