import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { presentSession } from './present_session.ts';
import { Session } from './schemas.ts';

export const getSession = consoleMethod({
  name: 'get_session',
  summary: "Read who is logged in, in which organization, and where this server's endpoints are",
  access: 'member',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/session' },
  input: Type.Object({}, { additionalProperties: false }),
  output: Session,
  handler: ({ services, caller }) => presentSession(services, caller, caller.organization.licenseId),
});
