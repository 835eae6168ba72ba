import { randomBytes, randomUUID } from 'node:crypto';
import { openBrowser } from '../browser_session.ts';
import { type Organization, PASSWORD, type Person, type World } from '../world.ts';

/** Somebody who is logged in, with what the Console and forms ask for. */
export interface SignedIn extends Person {
  /** The public address of the server. */
  issuer: string;
  sessionKey: number;
  /** Of this browser and session. */
  csrfToken: string;
  cookieHeader(): string;
  /** Calls the Console's API. */
  // biome-ignore lint/suspicious/noExplicitAny: JSON of every shape, looked into by the tests
  call(method: string, path: string, body?: unknown): Promise<any>;
}

const actor = { ip: '192.0.2.78', userAgent: 'test', requestId: 'test' };

let passwordHash: Promise<string> | undefined;

/** An owner with a session, without the price of a login. */
export async function consoleOwner(world: World, { licenseId }: Organization): Promise<SignedIn> {
  const { storage } = world.server.composition;
  const now = world.server.clock.now();
  passwordHash ??= world.server.composition.hasher.hash(PASSWORD);
  const hash = await passwordHash;
  const accountId = randomUUID();
  const email = `${accountId}@example.test`;
  await storage.write(async ({ identity }) => {
    await identity.addAccount({
      id: accountId,
      email,
      name: 'Fixture Person',
      passwordHash: hash,
      emailConfirmedAt: null,
      createdAt: now,
    });
    const roles = { accountRole: 'owner', chatRole: 'administrator' } as const;
    await identity.addMembership({ licenseId, accountId, ...roles, suspendedAt: null, createdAt: now });
    await identity.addToGroup(licenseId, 0, accountId);
  });
  return signedIn(world, { accountId, email, licenseId });
}

/** A new session of an account, in a browser of its own. */
export async function signedIn(
  world: World,
  who: { accountId: string; email: string; licenseId: number },
): Promise<SignedIn> {
  const { composition, services } = world.server;
  const { cookie, session } = await composition.storage.write((stores) =>
    services.identity.sessions.begin(stores, { ...who, remember: true, actor }),
  );
  const browser = openBrowser(world.url);
  browser.cookies.set('gatehouse_session', cookie);
  browser.cookies.set('gatehouse_browser', randomBytes(24).toString('base64url'));
  const { csrf_token: csrfToken } = JSON.parse((await browser.get('/console/api/session')).text);
  const cookieHeader = () => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    accountId: who.accountId,
    email: who.email,
    issuer: world.url,
    browser,
    sessionKey: session.key,
    csrfToken,
    cookieHeader,
    async call(method, path, body) {
      const response = await fetch(world.url + path, {
        method,
        headers: {
          cookie: cookieHeader(),
          'x-csrf-token': csrfToken,
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return response.json();
    },
  };
}
