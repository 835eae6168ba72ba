import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { ownMembership } from './own_membership.ts';
import { presentPersonalAccessToken } from './present.ts';
import { PersonalAccessToken } from './schemas.ts';

export const listPersonalAccessTokens = consoleMethod({
  name: 'list_personal_access_tokens',
  summary: "List one's own personal access tokens in the organization, the newest first",
  access: 'member',
  http: { method: 'GET', path: '/console/api/personal_access_tokens' },
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({
    tokens: Type.Array(PersonalAccessToken),
    account_id: Type.String({ description: 'The user name of HTTP Basic.' }),
    grantable_scopes: Type.Array(Type.String(), { description: "What one's roles allow." }),
  }),
  handler: async ({ services, caller }) => {
    const { personal } = services.grants;
    const [membership, tokens] = await Promise.all([
      ownMembership(services, caller),
      personal.list(caller.organization.licenseId, caller.accountId),
    ]);
    return {
      tokens: tokens.map((token) => presentPersonalAccessToken(token, token.expired)),
      account_id: caller.accountId,
      grantable_scopes: personal.grantable(membership),
    };
  },
});
