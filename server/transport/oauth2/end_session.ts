import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ClientOfApp } from '../../domain/apps/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { answerAddress } from '../../oauth/authorization_decision.ts';
import {
  decideEndSession,
  END_SESSION_PARAMETERS,
  type EndSessionDecision,
  type EndSessionParameters,
} from '../../oauth/end_session.ts';
import { paths } from '../../pages/paths.ts';
import { signedOutPage, signOutPage } from '../../pages/sign_out.ts';
import { toApp } from '../accounts/answer_app.ts';
import { admitRedirectTo } from '../accounts/authorize_flow.ts';
import type { PageRequest, PageRoutes, PagesDeps } from '../accounts/pages_plugin.ts';
import { readOauthBody } from '../http/body.ts';
import { actorOf } from '../http/request_info.ts';
import { filled, type Served } from './endpoint.ts';

const LARGEST_BODY = 64 * 1024;
const LONGEST_PARAMETER = 4_096;

/**
 * An app signs a person out of the browser (OpenID Connect RP-Initiated Logout 1.0). Its tokens live on: signing
 * out is not taking access away.
 */
export function endSession(
  app: FastifyInstance,
  routes: PageRoutes,
  { services, browsers }: PagesDeps,
  served: Served,
): void {
  served.endpoints.end_session_endpoint = paths.endSession;

  async function look(
    page: PageRequest,
    parameters: EndSessionParameters,
  ): Promise<{ decision: EndSessionDecision; known: ClientOfApp | undefined }> {
    const { id_token_hint: text, client_id: clientId } = parameters;
    const hint = text === undefined ? undefined : await services.openid.readHint(text);
    const named = clientId ?? hint?.clientId;
    const known = named === undefined ? undefined : await services.apps.client(named);
    const { active } = page.browser;
    const session = active && {
      accountId: active.account.id,
      sessionId: services.openid.sessionId(active.session),
    };
    return { decision: decideEndSession(parameters, hint, known?.client, session), known };
  }

  async function end(page: PageRequest): Promise<void> {
    const { active } = page.browser;
    if (active)
      await services.identity.sessions.end(active.account.id, active.session.key, actorOf(page.request));
    browsers.clearSession(page.reply);
  }

  /** On to the app's own page, or to ours. */
  function leave(page: PageRequest, parameters: EndSessionParameters): FastifyReply | string {
    const address = addressOf(parameters);
    if (address !== undefined) return toApp(page.reply, address);
    return signedOutPage({ ...page.context, signedInAs: undefined });
  }

  routes.get(paths.endSession, async (page) => {
    if (page.request.method === 'HEAD')
      throw new GatehouseError('method_not_allowed', 'Signing out is asked for by GET or POST.');
    const parameters = endSessionParameters(page.query);
    const { decision, known } = await look(page, parameters);
    switch (decision.kind) {
      case 'refused':
        throw refusal(page, decision.check);
      case 'end':
        await end(page);
        return leave(page, parameters);
      case 'nobody': {
        const address = addressOf(parameters);
        if (address === undefined || !known) return signedOutPage(page.context);
        if (decision.known) return toApp(page.reply, address);
        return signedOutPage(page.context, { goOn: { address, appName: known.app.name } });
      }
      case 'ask': {
        if (decision.redirectUri !== undefined) admitRedirectTo(page.reply, decision.redirectUri);
        const hidden = {
          ...(known ? { client_id: known.client.clientId } : {}),
          ...pick(parameters, ['post_logout_redirect_uri', 'state']),
        };
        return signOutPage(page.context, {
          email: page.browser.active?.account.email ?? '',
          app: { name: known?.app.name, hidden },
        });
      }
    }
  });

  routes.post(paths.confirmEndSession, async (page) => {
    const parameters = endSessionParameters(page.form);
    const { decision } = await look(page, parameters);
    if (decision.kind === 'refused') throw refusal(page, decision.check);
    await end(page);
    return leave(page, parameters);
  });

  // A form of the app's: its browser sends no cookie of ours along (SameSite=Lax), but does when it comes again
  // by GET.
  app.post(paths.endSession, { bodyLimit: LARGEST_BODY }, async (request, reply) => {
    const parameters = endSessionParameters(readOauthBody(request, ['form']) as Record<string, string>);
    const query = new URLSearchParams(parameters as Record<string, string>);
    return reply
      .header('cache-control', 'no-store')
      .redirect(query.size === 0 ? paths.endSession : `${paths.endSession}?${query}`, 303);
  });
}

/** @throws GatehouseError `validation` */
function endSessionParameters(given: Record<string, string>): EndSessionParameters {
  const parameters: EndSessionParameters = pick(filled(given), END_SESSION_PARAMETERS);
  for (const [name, value] of Object.entries(parameters))
    if (value.length > LONGEST_PARAMETER)
      throw new GatehouseError(
        'validation',
        `The parameter ${name} is ${value.length} characters long; at most ${LONGEST_PARAMETER} are taken.`,
      );
  return parameters;
}

function pick(given: EndSessionParameters, names: readonly (keyof EndSessionParameters)[]) {
  return Object.fromEntries(
    names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  ) as EndSessionParameters & Record<string, string>;
}

/** Where the browser goes; only ever read after the decision that it may. */
function addressOf({ post_logout_redirect_uri: uri, state }: EndSessionParameters): string | undefined {
  if (uri === undefined || state === undefined) return uri;
  return answerAddress(uri, 'query', { state });
}

function refusal(page: PageRequest, check: string): GatehouseError {
  page.request.log.info({ check }, 'sign-out refused');
  return new GatehouseError('validation', check, { reason: 'end_session_refused' });
}
