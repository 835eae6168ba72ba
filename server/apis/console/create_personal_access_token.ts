import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { actorOf } from './caller_facts.ts';
import { ownMembership } from './own_membership.ts';
import { presentPersonalAccessToken } from './present.ts';
import { PersonalAccessToken } from './schemas.ts';

export const createPersonalAccessToken = consoleMethod({
  name: 'create_personal_access_token',
  summary: 'Create a personal access token for scripts',
  access: 'member',
  http: { method: 'POST', path: '/console/api/personal_access_tokens' },
  input: Type.Object(
    {
      name: Type.String({ description: 'What it is for. 1 to 100 characters.' }),
      scopes: Type.Array(Type.String(), { maxItems: 200, description: 'At least one.' }),
      expires_in_days: Type.Optional(Type.Integer({ default: 365, description: '1 to 3650 days from now.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    token: PersonalAccessToken,
    secret: Type.String({ description: 'Shown this once.', secret: true }),
    account_id: Type.String(),
    base64: Type.String({
      description: '`account_id:secret` in Base64, ready for `Authorization: Basic`.',
      secret: true,
    }),
  }),
  errors: ['limit_reached'],
  example: { name: 'Nightly export', scopes: ['chats--all:ro'], expires_in_days: 365 },
  handler: async (context) => {
    const { services, caller, input } = context;
    const { token, secret } = await services.grants.personal.create(
      await ownMembership(services, caller),
      { name: input.name, scopes: input.scopes, expiresInDays: input.expires_in_days ?? 365 },
      actorOf(context),
    );
    return {
      token: presentPersonalAccessToken(token, false),
      secret,
      account_id: caller.accountId,
      base64: Buffer.from(`${caller.accountId}:${secret}`).toString('base64'),
    };
  },
});
