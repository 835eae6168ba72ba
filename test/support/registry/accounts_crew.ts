import { randomUUID } from 'node:crypto';
import type { AccountsMethod } from '../../../server/apis/registry/method.ts';
import { everyScope } from '../../../server/oauth/scopes.ts';
import type { Answer, Organization, World } from '../world.ts';

const HOUR = 3_600_000_000;
const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };

/** An access token that opens everything, for methods that take no personal one. */
export async function bearerOf(
  world: World,
  { licenseId, accountId }: { licenseId: number; accountId: string },
): Promise<string> {
  const { storage, tokens, identifiers } = world.server.composition;
  const now = world.server.clock.now();
  const key = identifiers.key();
  const minted = tokens.mint('access', key);
  const access = {
    key,
    secretHash: minted.secretHash,
    familyKey: identifiers.key(),
    licenseId,
    accountId,
    clientId: randomUUID().replaceAll('-', ''),
    scopes: everyScope.key,
    resources: null,
    botSecretKey: null,
    refreshKey: null,
    createdAt: now,
    expiresAt: now + 24 * HOUR,
    revokedAt: null,
    revokedReason: null,
  };
  await storage.write(({ grants }) => grants.addTokens({ access }, { keep: 25, now }));
  return `Bearer ${minted.text}`;
}

/** Somebody to change, a session to end, and a proposal to decide: new ones each time. */
export async function prepareAccounts(
  world: World,
  { licenseId }: Organization,
  accountId: string,
): Promise<Record<string, unknown>> {
  const { storage, services } = world.server.composition;
  const now = world.server.clock.now();
  const id = randomUUID();
  const sessionId = await storage.write(async (stores) => {
    await stores.identity.addAccount({
      id,
      email: `spare-${id}@example.test`,
      name: 'Spare',
      passwordHash: '',
      emailConfirmedAt: now,
      createdAt: now,
    });
    await stores.identity.addMembership({
      licenseId,
      accountId: id,
      accountRole: 'member',
      chatRole: 'normal',
      suspendedAt: null,
      createdAt: now,
    });
    const { session } = await services.identity.sessions.begin(stores, {
      accountId,
      licenseId,
      remember: false,
      actor,
    });
    return session.key;
  });
  const sessions = await services.accounts.sessions.list(accountId);
  const proposed = await services.people.invitations.propose(
    { licenseId, accountId, actor },
    { email: `proposed-${id}@example.test` },
  );
  return {
    account_id: id,
    session_id: sessions.find(({ session }) => session.key === sessionId)?.id,
    invitation_id: proposed.id,
  };
}

/** A call by the declaration: path, query, body. @param input a text is sent as the body as it is */
export async function callRest(
  world: World,
  method: AccountsMethod,
  input: unknown,
  known: Record<string, unknown>,
  authorization: string,
): Promise<Answer> {
  const rest = { ...(typeof input === 'string' ? known : (input as Record<string, unknown>)) };
  const path = method.http.path.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const isRead = method.http.method === 'GET';
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  const body = typeof input === 'string' ? input : JSON.stringify(rest);
  const hasBody = !isRead && (typeof input === 'string' || given.length > 0);
  const response = await fetch(`${world.url}${path}${isRead && given.length > 0 ? `?${query}` : ''}`, {
    method: method.http.method,
    headers: { authorization, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body } : {}),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : JSON.parse(text),
  } as unknown as Answer;
}
