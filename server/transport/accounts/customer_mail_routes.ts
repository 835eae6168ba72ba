import type { Services } from '../../apis/services.ts';
import { paths } from '../../pages/paths.ts';
import { emailVerifiedPage, verificationUnusablePage, verifyEmailPage } from '../../pages/verify_email.ts';
import { actorOf } from '../http/request_info.ts';
import type { PageRequest, PageRoutes } from './pages_plugin.ts';

/** What customers, who have no account, reach by mail. */
export function customerMailRoutes(routes: PageRoutes, { customers: { verifications } }: Services): void {
  function unusable(page: PageRequest): string {
    page.reply.code(404);
    return verificationUnusablePage(page.context);
  }

  routes.get(paths.verifyEmail, async (page) => {
    const { organization_id: organizationId = '', token = '' } = page.query;
    const found = await verifications.peek(organizationId, token);
    return found ? verifyEmailPage(page.context, { organizationId, token, ...found }) : unusable(page);
  });

  routes.post(paths.verifyEmail, async (page) => {
    const { organization_id: organizationId = '', token = '' } = page.form;
    const verified = await verifications.verify(organizationId, token, actorOf(page.request));
    return verified ? emailVerifiedPage(page.context, verified) : unusable(page);
  });
}
