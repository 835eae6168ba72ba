import { rememberSession, request } from './request.ts';
import type { Session } from './types.ts';

export { readSession } from './request.ts';

/** Makes another of the person's organizations the current one. */
export async function switchOrganization(organizationId: string): Promise<Session> {
  const session = await request<Session>('POST', '/session/organization', {
    body: { organization_id: organizationId },
    waitForSession: false,
  });
  rememberSession(session);
  return session;
}
