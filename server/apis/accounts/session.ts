import Type, { type Static } from 'typebox';
import type { SessionView } from '../../domain/accounts/session_access.ts';

export const Session = Type.Object({
  account_id: Type.String(),
  session_id: Type.String(),
  current: Type.Boolean({ description: 'The token that asks was allowed in it.' }),
  user_agent: Type.String(),
  identity_source: Type.Enum(['credentials', 'explicit']),
  ip: Type.String(),
  applications: Type.Array(
    Type.Object({
      name: Type.String(),
      client_id: Type.String(),
      session_id: Type.String({ description: '`delete_session` with it ends this app’s access alone.' }),
    }),
  ),
});

export function presentSession({ session, id, current, applications }: SessionView): Static<typeof Session> {
  return {
    account_id: session.accountId,
    session_id: id,
    current,
    user_agent: session.userAgent,
    // Passwords and passkeys are credentials of the account itself; who comes from an identity provider was sent here.
    identity_source: session.amr.some((one) => (one as string) === 'fed') ? 'explicit' : 'credentials',
    ip: session.ip,
    applications: applications.map(({ name, clientId, sessionId }) => ({
      name,
      client_id: clientId,
      session_id: sessionId,
    })),
  };
}
