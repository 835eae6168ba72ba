import type { ClientType } from '../../oauth/client_profile.ts';
import { type PostmanFolder, postmanRequest } from './format.ts';
import {
  answers,
  expectBody,
  keep,
  leadsOn,
  preparePkce,
  readPastedCode,
  showAuthorizeAddress,
} from './scripts.ts';

const isPublic = (type: ClientType) => type === 'javascript_app';

export function authorizeFolder(type: ClientType): PostmanFolder {
  return {
    name: '1. Authorize',
    description:
      'The address that a person opens in a browser. It needs a person, so that no script can do it.',
    item: [
      postmanRequest({
        name: 'Open this address in a browser',
        description:
          'Send it to see whether the server takes it (the Console of Postman then shows the address to open). In a browser it asks the person to log in and to allow the app, and goes on to the redirect URI with `code`: paste that into the variable `code`.',
        method: 'GET',
        path: '/',
        query: {
          response_type: 'code',
          client_id: '{{client_id}}',
          redirect_uri: '{{redirect_uri}}',
          state: '{{state}}',
          ...(isPublic(type) ? { code_challenge: '{{code_challenge}}', code_challenge_method: 'S256' } : {}),
        },
        before: [...(isPublic(type) ? preparePkce : []), ...showAuthorizeAddress],
        tests: leadsOn,
        followRedirects: false,
      }),
    ],
  };
}

export function exchangeFolder(type: ClientType): PostmanFolder {
  return {
    name: '2. Exchange the code',
    description: 'A code becomes an access token and a refresh token.',
    item: [
      postmanRequest({
        name: 'Exchange the code for tokens',
        description:
          'A code works once and holds for some minutes. `redirect_uri` is the one of request 1. `%3A` in a pasted code is turned into a colon.',
        method: 'POST',
        path: '/v2/token',
        form: {
          grant_type: 'authorization_code',
          code: '{{code}}',
          client_id: '{{client_id}}',
          ...(isPublic(type)
            ? { code_verifier: '{{code_verifier}}' }
            : { client_secret: '{{client_secret}}' }),
          redirect_uri: '{{redirect_uri}}',
        },
        before: readPastedCode,
        tests: [
          ...answers(200),
          ...expectBody(
            'tokens come',
            "pm.expect(body.access_token).to.be.a('string').that.is.not.empty;",
            "pm.expect(body.refresh_token).to.be.a('string').that.is.not.empty;",
            "pm.expect(body.token_type).to.eql('Bearer');",
            'pm.expect(body.expires_in).to.be.above(0);',
          ),
          ...keep({
            access_token: 'access_token',
            refresh_token: 'refresh_token',
            organization_id: 'organization_id',
            account_id: 'account_id',
          }),
        ],
      }),
    ],
  };
}

export function refreshFolder(type: ClientType): PostmanFolder {
  return {
    name: '4. Refresh',
    description: 'A new access token without the person.',
    item: [
      postmanRequest({
        name: 'Get a new access token',
        description: isPublic(type)
          ? 'The refresh token of a JavaScript app changes with each use: the answer holds the next one.'
          : 'The refresh token of a server-side app stays the same, unless the app has rotation switched on.',
        method: 'POST',
        path: '/v2/token',
        form: {
          grant_type: 'refresh_token',
          refresh_token: '{{refresh_token}}',
          client_id: '{{client_id}}',
          ...(isPublic(type) ? {} : { client_secret: '{{client_secret}}' }),
        },
        tests: [
          ...answers(200),
          ...expectBody(
            'it is another access token',
            "pm.expect(body.access_token).to.not.eql(pm.collectionVariables.get('access_token'));",
          ),
          ...keep({ access_token: 'access_token', refresh_token: 'refresh_token' }),
        ],
      }),
    ],
  };
}

export function infoFolder(): PostmanFolder {
  return {
    name: '5. Token info',
    description: 'Whose token it is, for which organization, with which scopes, and for how long.',
    item: [
      postmanRequest({
        name: 'Look at the access token',
        description: 'The token goes into the header, or into the parameter `code`.',
        method: 'GET',
        path: '/v2/info',
        token: 'access_token',
        tests: [
          ...answers(200),
          ...expectBody(
            'it is the token of this app and person',
            "pm.expect(body.client_id).to.eql(pm.collectionVariables.get('client_id'));",
            "pm.expect(body.account_id).to.eql(pm.collectionVariables.get('account_id'));",
            "pm.expect(body.scope).to.be.a('string').that.is.not.empty;",
          ),
        ],
      }),
    ],
  };
}

export function revokeFolder(): PostmanFolder {
  return {
    name: '11. Revoke',
    description: 'The end: the access token dies and takes its refresh token along.',
    item: [
      postmanRequest({
        name: 'Revoke the access token',
        description: 'An access token or a refresh token, in the header or in the parameter `code`.',
        method: 'DELETE',
        path: '/v2/token',
        token: 'access_token',
        tests: answers(200),
      }),
      postmanRequest({
        name: 'See that it is dead',
        description: 'Every API refuses it from now on.',
        method: 'GET',
        path: '/v2/info',
        token: 'access_token',
        tests: [
          "pm.test('the token is refused', function () {",
          '  pm.expect(pm.response.code).to.be.within(400, 499);',
          '});',
        ],
      }),
    ],
  };
}
