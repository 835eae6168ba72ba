import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { presentInitialToken } from './present_registration.ts';
import { InitialAccessToken } from './schemas.ts';

export const createInitialAccessToken = consoleMethod({
  name: 'create_initial_access_token',
  summary: 'Create a token by which apps may register themselves',
  access: 'owner',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'POST', path: '/console/api/organization/initial_access_tokens' },
  input: Type.Object(
    {
      name: Type.String({ description: 'Who gets it. 1 to 100 characters.' }),
      expires_in_days: Type.Optional(Type.Integer({ default: 30, description: '1 to 365 days from now.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    token: InitialAccessToken,
    secret: Type.String({ description: 'Shown this once.', secret: true }),
  }),
  errors: ['limit_reached'],
  example: { name: 'Build server', expires_in_days: 30 },
  handler: async (context) => {
    const { services, input } = context;
    const { token, text } = await services.registration.settings.createToken(editorOf(context), {
      name: input.name,
      expiresInDays: input.expires_in_days ?? 30,
    });
    return { token: presentInitialToken({ ...token, expired: false }), secret: text };
  },
});
