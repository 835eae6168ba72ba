import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { DeviceQuestion, DeviceVisitor } from '../../domain/grants/device_decision.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { readUserCode, showUserCode } from '../../oauth/standard_user_code.ts';
import {
  type DeviceFailure,
  deviceAnsweredPage,
  deviceCodePage,
  deviceConsentPage,
  deviceOrganizationPage,
} from '../../pages/device.ts';
import { paths } from '../../pages/paths.ts';
import { findScope } from '../../wire/scope_catalogue.ts';
import { appShown } from '../accounts/authorize_flow.ts';
import { type PageRequest, type PageRoutes, signInFirst } from '../accounts/pages_plugin.ts';
import { tellProblem } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';

/** `/device`: a person types the code of a device and says whether it may come in (RFC 8628 §3.3). */
export function devicePages(routes: PageRoutes, services: Services): void {
  const { devices } = services.grants;

  // Everything about a device is asked of people who are logged in: a stranger could try codes at will.
  routes.get(paths.device, async (page) => {
    const shown = shownCode(page.query.user_code);
    if (!page.browser.active) return logInFirst(page, shown);
    return deviceCodePage(page.context, { userCode: shown });
  });

  routes.post(paths.device, async (page): Promise<FastifyReply | string> => {
    const { user_code: typed = '', organization_id: organizationId, decision } = page.form;
    const { active } = page.browser;
    if (!active) return logInFirst(page, shownCode(typed));
    if (typed.trim() === '') return failed(page, undefined, 'missing');
    const visitor: DeviceVisitor = {
      account: active.account,
      session: active.session,
      actor: actorOf(page.request),
      userCode: typed,
      organizationId: organizationId || undefined,
    };
    try {
      switch (decision) {
        case undefined:
          return await ask(page, visitor, await devices.look(visitor));
        case 'allow':
        case 'cancel': {
          const outcome = decision === 'allow' ? await devices.allow(visitor) : await devices.deny(visitor);
          if (outcome.kind !== 'decided') return await ask(page, visitor, outcome);
          const kind = decision === 'allow' ? 'allowed' : 'cancelled';
          return deviceAnsweredPage(page.context, { kind, appName: outcome.known.app.name });
        }
        default:
          throw new GatehouseError('validation', 'Choose "Allow" or "Cancel".');
      }
    } catch (error) {
      if (!isGatehouseError(error) || error.code !== 'too_many_requests') throw error;
      page.reply.header('retry-after', String(error.retryAfterSeconds ?? 600));
      return failed(page, typed, 'throttled', 429);
    }
  });

  /** The page that asks what there is to ask. */
  async function ask(page: PageRequest, visitor: DeviceVisitor, question: DeviceQuestion): Promise<string> {
    const { account, userCode } = visitor;
    const shown = shownCode(userCode) ?? '';
    switch (question.kind) {
      case 'unknown':
        return failed(page, userCode, 'unknown');
      case 'refused': {
        const { exception, check } = question.problem;
        const clientId = question.known.client.clientId;
        tellProblem(services.insight.refusals, page.request, 'device', question.known, question.problem);
        page.request.log.info({ client_id: clientId, exception, check }, 'device refused');
        return failed(page, shown, exception === 'access_denied' ? 'access_denied' : 'invalid_scope', 403);
      }
      case 'choose_organization': {
        const own = await services.identity.organizationsOf(account.id);
        const eligible = new Set(question.organizations.map(({ id }) => id));
        return deviceOrganizationPage(page.context, {
          userCode: shown,
          appName: question.known.app.name,
          organizations: own
            .filter(({ organization }) => eligible.has(organization.id))
            .map(({ organization, membership }) => ({
              id: organization.id,
              name: organization.name,
              licenseId: organization.licenseId,
              role: membership.accountRole,
            })),
        });
      }
      case 'consent': {
        const { known, organization, scopes } = question;
        const named = await services.identity.organization(organization.licenseId);
        return deviceConsentPage(page.context, {
          userCode: shown,
          app: appShown(known),
          account: { name: account.name, email: account.email },
          organization: { id: organization.id, name: named?.name ?? '' },
          scopes: scopes.ids.map((id) => findScope(id)),
        });
      }
    }
  }
}

function failed(page: PageRequest, typed: string | undefined, failure: DeviceFailure, status = 400): string {
  page.reply.code(status);
  return deviceCodePage(page.context, { userCode: typed?.slice(0, 32), failure });
}

/** In its two groups; undefined for what is no code, which then goes no further. */
function shownCode(typed: string | undefined): string | undefined {
  const code = typed === undefined ? undefined : readUserCode(typed);
  return code === undefined ? undefined : showUserCode(code);
}

function logInFirst(page: PageRequest, shown: string | undefined): FastifyReply {
  return signInFirst(page.reply, shown === undefined ? paths.device : `${paths.device}?user_code=${shown}`);
}
