import type { RunningServer } from '../../server/app/start.ts';
import type { TokenSubject } from '../../server/domain/grants/records.ts';
import { days, seconds } from '../../server/kernel/clock.ts';

/** Tokens are spread over so many accounts, so that the cap of 25 a client and account is rarely met. */
const ACCOUNTS = 2000;
/** Each organization has so many agents. */
const AGENTS = 20;
const UNITS = 500;
const OWNER = { accountRole: 'owner', chatRole: 'administrator' } as const;
const MEMBER = { accountRole: 'member', chatRole: 'normal' } as const;
const SCOPES = 'chats--all:ro chats--all:rw';
const REDIRECT = 'https://www.example.com/callback';

/** Organizations of twenty agents each, and one server-side app of the first that rotates its refresh tokens. */
export interface BenchWorld {
  server: RunningServer;
  licenseId: number;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  subject(n: number): TokenSubject;
  codes(count: number): Promise<string[]>;
  refreshTokens(count: number): Promise<string[]>;
  accessTokens(count: number): Promise<string[]>;
  /** The owner's. */
  agentToken(): Promise<string>;
  /** Chats with an open thread that the owner is in. */
  activeChats(count: number): Promise<string[]>;
}

export async function openBenchWorld(server: RunningServer): Promise<BenchWorld> {
  const { storage, tokens, identifiers } = server.composition;
  const now = server.clock.now();
  const accounts = Array.from({ length: ACCOUNTS }, () => crypto.randomUUID());
  const email = (n: number): string => `person${n}@bench.test`;

  const homes: number[] = [];
  for (let n = 0; n < ACCOUNTS / AGENTS; n++)
    await storage.write(async ({ identity }) => {
      const organization = {
        id: crypto.randomUUID(),
        name: `Bench ${n}`,
        forceStrict: false,
        createdAt: now,
      };
      const added = await identity.addOrganization(organization);
      if (added === undefined) throw new Error('the organization is there already');
      await identity.addGroup(added, { id: 0, name: 'General' }, now);
      homes.push(added);
    });
  const homeOf = (n: number): number => homes[Math.floor((n % ACCOUNTS) / AGENTS)] ?? 0;
  const licenseId = homeOf(0);
  await inUnits(ACCOUNTS, (n, { identity }) => addPerson(identity, n));

  async function addPerson(identity: Parameters<Unit>[0]['identity'], n: number): Promise<void> {
    const accountId = accounts[n] ?? '';
    await identity.addAccount({
      id: accountId,
      email: email(n),
      name: `Person ${n}`,
      passwordHash: 'none',
      emailConfirmedAt: now,
      createdAt: now,
    });
    const living = { suspendedAt: null, createdAt: now };
    const roles = n === 0 ? OWNER : MEMBER;
    await identity.addMembership({ licenseId: homeOf(n), accountId, ...roles, ...living });
    await identity.addToGroup(homeOf(n), 0, accountId);
  }

  type Unit = Parameters<typeof storage.write>[0];

  /** Runs `each` for 0 … count-1, many to a unit. */
  async function inUnits(
    count: number,
    each: (n: number, stores: Parameters<Unit>[0]) => Promise<void>,
  ): Promise<void> {
    for (let from = 0; from < count; from += UNITS)
      await storage.write(async (stores) => {
        for (let n = from; n < Math.min(count, from + UNITS); n++) await each(n, stores);
      });
  }

  const editor = {
    licenseId,
    accountId: accounts[0] ?? '',
    actor: { ip: '127.0.0.1', userAgent: 'bench', requestId: 'bench' },
  };
  const { app } = await server.services.apps.create(editor, { name: 'Bench', product: 'livechat' });
  const added = await server.services.apps.addAuthorization(editor, app.id, 'server_side_app');
  const block = added.details.client;
  if (!block || !added.clientSecret) throw new Error('the app has no client');
  await server.services.apps.updateAuthorization(editor, app.id, {
    version: added.details.app.version,
    redirectUris: [REDIRECT],
    scopes: SCOPES.split(' ').map((scope) => ({ scope, required: true })),
    profile: 'compatible',
    switches: { ...block.switches, rotateRefreshTokens: true },
  });
  const { clientId } = block;

  const subject = (n: number): TokenSubject => ({
    familyKey: identifiers.key(),
    licenseId: homeOf(n),
    accountId: accounts[n % ACCOUNTS] ?? '',
    clientId,
    scopes: SCOPES,
    resources: null,
  });
  const living = { revokedAt: null, revokedReason: null };
  let turn = 0;

  const world: BenchWorld = {
    server,
    licenseId,
    clientId,
    clientSecret: added.clientSecret,
    redirectUri: REDIRECT,
    subject,
    async codes(count) {
      const texts: string[] = [];
      await inUnits(count, async (_, { grants }) => {
        const at = server.clock.now();
        const of = subject(turn++);
        const grant = await grants.putGrant({
          key: identifiers.key(),
          id: crypto.randomUUID(),
          ...{
            licenseId: of.licenseId,
            accountId: of.accountId,
            clientId,
            scopes: SCOPES,
            createdAt: at,
            updatedAt: at,
          },
        });
        const minted = tokens.mint('code', of.familyKey);
        texts.push(minted.text);
        await grants.addCode({
          ...of,
          ...living,
          secretHash: minted.secretHash,
          grantKey: grant.key,
          redirectUri: REDIRECT,
          codeChallenge: null,
          codeChallengeMethod: null,
          createdAt: at,
          expiresAt: at + seconds(3600),
          consumedAt: null,
        });
      });
      return texts;
    },
    async refreshTokens(count) {
      const texts: string[] = [];
      await inUnits(count, async (_, { grants }) => {
        const at = server.clock.now();
        const key = identifiers.key();
        const minted = tokens.mint('refresh', key);
        texts.push(minted.text);
        await grants.addTokens(
          {
            refresh: {
              ...subject(turn++),
              ...living,
              key,
              secretHash: minted.secretHash,
              createdAt: at,
              idleExpiresAt: at + days(30),
              absoluteExpiresAt: at + days(180),
              rotatedAt: null,
              successorKey: null,
              successorAccessKey: null,
            },
          },
          { keep: 25, now: at },
        );
      });
      return texts;
    },
    async accessTokens(count) {
      const texts: string[] = [];
      await inUnits(count, async (_, { grants }) => {
        const at = server.clock.now();
        const key = identifiers.key();
        const minted = tokens.mint('access', key);
        texts.push(minted.text);
        const times = { createdAt: at, expiresAt: at + seconds(28_800) };
        await grants.addTokens(
          {
            access: {
              ...subject(turn++),
              ...living,
              ...times,
              key,
              secretHash: minted.secretHash,
              refreshKey: null,
              botSecretKey: null,
            },
          },
          { keep: 25, now: at },
        );
      });
      return texts;
    },
    async agentToken() {
      turn = Math.ceil(turn / ACCOUNTS) * ACCOUNTS;
      const [token] = await world.accessTokens(1);
      return token ?? '';
    },
    async activeChats(count) {
      const chats: string[] = [];
      for (let from = 0; from < count; from += 50)
        await Promise.all(
          Array.from({ length: Math.min(50, count - from) }, async (_, n) => {
            const number = from + n;
            // Ids come from the time: a second apart, no two are alike.
            const at = server.clock.now() - seconds(chatsMade + number);
            const past = {
              licenseId,
              customId: `bench ${chatsMade + number}`,
              customer: { id: crypto.randomUUID(), name: `Customer ${number}` },
              threads: [
                {
                  createdAt: at,
                  agentIds: [email(0)],
                  events: [{ at, author: 'customer' as const, text: 'Is anybody there?' }],
                },
              ],
            };
            chats.push((await server.services.chats.importChat(past)).chatId);
          }),
        );
      chatsMade += count;
      return chats;
    },
  };
  let chatsMade = 0;
  await world.activeChats(25);
  return world;
}
