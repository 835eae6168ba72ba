import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import { takeBodiesAsBytes } from '../http/body.ts';
import { accountRoutes } from './account_routes.ts';
import { authorizeRoutes } from './authorize_routes.ts';
import { customerMailRoutes } from './customer_mail_routes.ts';
import { invitationRoutes } from './invitation_routes.ts';
import { organizationRoutes } from './organization_routes.ts';
import { type PagesDeps, pageRoutes } from './pages_plugin.ts';
import { passwordRoutes } from './password_routes.ts';
import { samlRoutes } from './saml_routes.ts';
import { secondStepRoutes } from './second_step_routes.ts';
import { securityRoutes } from './security_routes.ts';
import { signInRoutes } from './sign_in_routes.ts';

/** The pages for people: authorization and its questions, logging in, and their own account. */
export function accountsPages(deps: PagesDeps & { clock: Clock }): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    const routes = pageRoutes(app, deps);
    authorizeRoutes(routes, deps.services);
    signInRoutes(routes, deps.services, deps.browsers);
    secondStepRoutes(routes, deps.services, deps.browsers);
    samlRoutes(routes, deps.services, deps.browsers);
    passwordRoutes(routes, deps.services);
    accountRoutes(routes, deps.services, deps.clock);
    securityRoutes(routes, deps.services, deps.clock);
    organizationRoutes(routes, deps.services);
    customerMailRoutes(routes, deps.services);
    invitationRoutes(routes, deps.services, deps.browsers);
  };
}
