// The peer: oidc-provider with its models in memory. Its own memory store forgets all but the newest 1 000
// entries, fewer than a run needs, so this one keeps them all; it is a plain Map behind the same interface.
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { serveTarget } from '../harness/target.ts';

const store = new Map();
const members = new Map();

/** The adapter interface of oidc-provider, over Maps. */
class MapAdapter {
  constructor(model) {
    this.model = model;
  }
  key(id) {
    return `${this.model}:${id}`;
  }
  async upsert(id, payload) {
    const key = this.key(id);
    store.set(key, payload);
    if (payload.grantId) {
      const family = members.get(payload.grantId);
      if (family) family.push(key);
      else members.set(payload.grantId, [key]);
    }
  }
  async find(id) {
    return store.get(this.key(id));
  }
  async findByUid() {
    return undefined;
  }
  async findByUserCode() {
    return undefined;
  }
  async consume(id) {
    const payload = store.get(this.key(id));
    payload.consumed = Math.floor(Date.now() / 1000);
  }
  async destroy(id) {
    store.delete(this.key(id));
  }
  async revokeByGrantId(grantId) {
    for (const key of members.get(grantId) ?? []) store.delete(key);
    members.delete(grantId);
  }
}

const REDIRECT = 'https://www.example.com/callback';
const SCOPE = 'chats';
const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(url, {
  adapter: MapAdapter,
  scopes: ['openid', 'offline_access', SCOPE],
  clients: [
    {
      client_id: 'bench',
      client_secret: 'a secret of the benchmark, long enough',
      redirect_uris: [REDIRECT],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  features: { introspection: { enabled: true }, devInteractions: { enabled: false } },
  // Each exchange yields a pair, and each refresh a successor, as Gatehouse's do. No ID token is signed.
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  pkce: { required: () => false },
  findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
});
server.on('request', provider.callback());

const client = await provider.Client.find('bench');
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const secrets = { client_id: 'bench', client_secret: 'a secret of the benchmark, long enough' };

async function grantOf(accountId) {
  const grant = new provider.Grant({ accountId, clientId: 'bench' });
  grant.addOIDCScope(SCOPE);
  return grant.save();
}

async function prepared(count, make) {
  const bodies = [];
  for (let n = 0; n < count; n++) {
    const accountId = `account${n % 2000}`;
    const grantId = await grantOf(accountId);
    bodies.push(new URLSearchParams({ ...secrets, ...(await make(accountId, grantId)) }).toString());
  }
  return bodies;
}

serveTarget(
  url,
  {
    exchange: async (count) => ({
      method: 'POST',
      path: '/token',
      headers: form,
      once: true,
      bodies: await prepared(count, async (accountId, grantId) => {
        const fields = {
          accountId,
          grantId,
          client,
          redirectUri: REDIRECT,
          scope: SCOPE,
          gty: 'authorization_code',
        };
        const code = await new provider.AuthorizationCode(fields).save();
        return { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
      }),
    }),
    refresh: async (count) => ({
      method: 'POST',
      path: '/token',
      headers: form,
      once: true,
      bodies: await prepared(count, async (accountId, grantId) => {
        const fields = { accountId, grantId, client, scope: SCOPE, gty: 'authorization_code' };
        const refreshToken = await new provider.RefreshToken(fields).save();
        return { grant_type: 'refresh_token', refresh_token: refreshToken };
      }),
    }),
    introspect: async (count) => ({
      method: 'POST',
      path: '/token/introspection',
      headers: form,
      once: false,
      bodies: await prepared(Math.min(count, 1000), async (accountId, grantId) => {
        const fields = { accountId, grantId, client, scope: SCOPE, gty: 'authorization_code' };
        return { token: await new provider.AccessToken(fields).save() };
      }),
    }),
  },
  () => void server.close(),
);
