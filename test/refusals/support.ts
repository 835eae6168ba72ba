import type { RefusedRequest } from '../../server/domain/insight/refused_requests.ts';
import type { Organization, RegisteredApp, World } from '../support/world.ts';

/** What the owner of an app reads by now, the newest first. */
export async function refusalsOf(
  world: World,
  app: RegisteredApp,
  organization: Organization,
): Promise<RefusedRequest[]> {
  const { insight } = world.server.services;
  await insight.flush();
  const page = { before: undefined, limit: 100 };
  return (await insight.refusals.list(organization.licenseId, app.clientId, page)).refusals;
}
