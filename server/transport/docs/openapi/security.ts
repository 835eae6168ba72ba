import { scopeCatalogue } from '../../../wire/scope_catalogue.ts';
import type { Json } from './operation.ts';

export const AGENT_TOKEN = 'agentToken';
export const PERSONAL_TOKEN = 'personalAccessToken';
export const CUSTOMER_TOKEN = 'customerToken';
export const CLIENT_SECRET = 'clientSecret';
export const REGISTRATION_TOKEN = 'registrationToken';

/** What opens the APIs. */
export function securitySchemes(publicUrl: string): Json {
  const scopes = Object.fromEntries(scopeCatalogue.map(({ id, consent }) => [id, consent]));
  return {
    [AGENT_TOKEN]: {
      type: 'oauth2',
      description:
        "An agent's access token: of an app that a person allowed, or of a bot. `Authorization: Bearer dal:…`",
      flows: {
        authorizationCode: {
          authorizationUrl: `${publicUrl}/oauth2/authorize`,
          tokenUrl: `${publicUrl}/oauth2/token`,
          refreshUrl: `${publicUrl}/oauth2/token`,
          scopes,
        },
        clientCredentials: { tokenUrl: `${publicUrl}/oauth2/token`, scopes },
      },
    },
    [PERSONAL_TOKEN]: {
      type: 'http',
      scheme: 'basic',
      description: 'A personal access token: the account’s id as user name, the token as password.',
    },
    [CUSTOMER_TOKEN]: { type: 'http', scheme: 'bearer', description: "A customer's access token." },
    [CLIENT_SECRET]: {
      type: 'http',
      scheme: 'basic',
      description:
        'The client id as user name, the client secret as password. Both may come in the body instead; an app without a secret sends its `client_id` alone.',
    },
    [REGISTRATION_TOKEN]: {
      type: 'http',
      scheme: 'bearer',
      description: 'The token that an app got when it registered itself, or one that the Console made.',
    },
  };
}
