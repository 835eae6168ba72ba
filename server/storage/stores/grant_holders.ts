import { sql } from 'kysely';
import type { GrantStore, Surplus } from '../../domain/grants/grant_store.ts';
import type { AccessToken, RefreshToken } from '../../domain/grants/records.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { GrantTables } from '../tables/grants.ts';

type HolderRow = GrantTables['token_holders'];
type HolderQueries = Pick<GrantStore, 'addTokens'>;
type RefreshRow = GrantTables['refresh_tokens'];

/** Whose tokens they are. */
export interface Holder {
  clientId: string;
  accountId: string;
}

const insertAccess = statement<Omit<GrantTables['access_tokens'], 'revoked_at' | 'revoked_reason'>, unknown>(
  (db, p) =>
    db.insertInto('access_tokens').values({
      token_key: p.token_key,
      secret_hash: p.secret_hash,
      family_key: p.family_key,
      refresh_key: p.refresh_key,
      license_id: p.license_id,
      account_id: p.account_id,
      client_id: p.client_id,
      scopes: p.scopes,
      resources: p.resources,
      bot_secret_key: p.bot_secret_key,
      created_at: p.created_at,
      expires_at: p.expires_at,
    }),
);

const insertRefresh = statement<
  Pick<
    RefreshRow,
    | 'token_key'
    | 'secret_hash'
    | 'family_key'
    | 'license_id'
    | 'account_id'
    | 'client_id'
    | 'scopes'
    | 'resources'
    | 'created_at'
    | 'idle_expires_at'
    | 'absolute_expires_at'
  >,
  unknown
>((db, p) =>
  db.insertInto('refresh_tokens').values({
    token_key: p.token_key,
    secret_hash: p.secret_hash,
    family_key: p.family_key,
    license_id: p.license_id,
    account_id: p.account_id,
    client_id: p.client_id,
    scopes: p.scopes,
    resources: p.resources,
    created_at: p.created_at,
    idle_expires_at: p.idle_expires_at,
    absolute_expires_at: p.absolute_expires_at,
  }),
);

interface Noted extends HolderRow {
  more_access: string;
  more_refresh: string;
  gone: string;
}

/** Notes new tokens, and takes out one that they are for. On PostgreSQL the row is held until the unit ends. */
const note = statement<Noted, Pick<HolderRow, 'access_keys' | 'refresh_keys'>>((db, p) =>
  db
    .insertInto('token_holders')
    .values({
      client_id: p.client_id,
      account_id: p.account_id,
      access_keys: p.access_keys,
      refresh_keys: p.refresh_keys,
    })
    .onConflict((conflict) =>
      conflict.columns(['client_id', 'account_id']).doUpdateSet((eb) => ({
        access_keys: sql<string>`${eb.ref('token_holders.access_keys')} || ${p.more_access}`,
        refresh_keys: sql<string>`replace(${eb.ref('token_holders.refresh_keys')}, ${p.gone}, ',') || ${p.more_refresh}`,
      })),
    )
    .returning(['access_keys', 'refresh_keys']),
);

/** No list holds this, so that nothing is taken out. */
const NOTHING = '-';

const holderRow = statement<{ clientId: string; accountId: string }, HolderRow>((db, p) =>
  db
    .selectFrom('token_holders')
    .selectAll()
    .where('client_id', '=', p.clientId)
    .where('account_id', '=', p.accountId),
);

/** Keys of a client's and account's tokens, the live ones among them. */
export async function tokensHeld(
  session: Session,
  holder: Holder,
): Promise<{ access: number[]; refresh: number[] }> {
  const row = await session.first(holderRow, { clientId: holder.clientId, accountId: holder.accountId });
  return { access: keysIn(row?.access_keys), refresh: keysIn(row?.refresh_keys) };
}

export function keysIn(list: string | undefined): number[] {
  return (list ?? '').split(',').filter(Boolean).map(Number);
}

const listOf = (keys: readonly number[]): string => `,${keys.map((key) => `${key},`).join('')}`;

export function holderQueries(session: Session): HolderQueries {
  async function insert(access: AccessToken | undefined, refresh: RefreshToken | undefined): Promise<void> {
    if (refresh)
      await session.run(insertRefresh, {
        token_key: refresh.key,
        secret_hash: refresh.secretHash,
        family_key: refresh.familyKey,
        license_id: refresh.licenseId,
        account_id: refresh.accountId,
        client_id: refresh.clientId,
        scopes: refresh.scopes,
        resources: refresh.resources,
        created_at: refresh.createdAt,
        idle_expires_at: refresh.idleExpiresAt,
        absolute_expires_at: refresh.absoluteExpiresAt,
      });
    if (access)
      await session.run(insertAccess, {
        token_key: access.key,
        secret_hash: access.secretHash,
        family_key: access.familyKey,
        refresh_key: access.refreshKey,
        license_id: access.licenseId,
        account_id: access.accountId,
        client_id: access.clientId,
        scopes: access.scopes,
        resources: access.resources,
        bot_secret_key: access.botSecretKey,
        created_at: access.createdAt,
        expires_at: access.expiresAt,
      });
  }

  /** Of the keys those of living tokens, oldest first. */
  async function living(
    kind: 'access_tokens' | 'refresh_tokens',
    keys: number[],
    now: number,
  ): Promise<number[]> {
    if (keys.length === 0) return [];
    const rows = await session.query<{ token_key: number }>((db) =>
      kind === 'access_tokens'
        ? db
            .selectFrom('access_tokens')
            .select('token_key')
            .where('token_key', 'in', keys)
            .where('revoked_at', 'is', null)
            .where('expires_at', '>', now)
            .orderBy('token_key')
        : db
            .selectFrom('refresh_tokens')
            .select('token_key')
            .where('token_key', 'in', keys)
            .where('revoked_at', 'is', null)
            .where('rotated_at', 'is', null)
            .where('idle_expires_at', '>', now)
            .orderBy('token_key'),
    );
    return rows.map((row) => row.token_key);
  }

  async function evict(kind: 'access_tokens' | 'refresh_tokens', keys: number[], now: number): Promise<void> {
    if (keys.length === 0) return;
    await session.execute((db) =>
      db
        .updateTable(kind)
        .set({ revoked_at: now, revoked_reason: 'evicted_by_cap' })
        .where('token_key', 'in', keys),
    );
  }

  /** Drops the dead from a holder's lists, and lets the oldest of the living give way. */
  async function shorten(row: HolderRow, keep: number, now: number): Promise<Surplus> {
    const access = await living('access_tokens', keysIn(row.access_keys), now);
    const refresh = await living('refresh_tokens', keysIn(row.refresh_keys), now);
    const surplus = {
      access: access.splice(0, Math.max(0, access.length - keep)),
      refresh: refresh.splice(0, Math.max(0, refresh.length - keep)),
    };
    await evict('access_tokens', surplus.access, now);
    await evict('refresh_tokens', surplus.refresh, now);
    await session.execute((db) =>
      db
        .updateTable('token_holders')
        .set({ access_keys: listOf(access), refresh_keys: listOf(refresh) })
        .where('client_id', '=', row.client_id)
        .where('account_id', '=', row.account_id),
    );
    return surplus;
  }

  return {
    async addTokens({ access, refresh, insteadOf }, cap) {
      const { clientId, accountId } = (access ?? refresh) as Holder;
      await insert(access, refresh);
      const row = await session.first(note, {
        client_id: clientId,
        account_id: accountId,
        access_keys: access ? `,${access.key},` : ',',
        refresh_keys: refresh ? `,${refresh.key},` : ',',
        more_access: access ? `${access.key},` : '',
        more_refresh: refresh ? `${refresh.key},` : '',
        gone: insteadOf === undefined ? NOTHING : `,${insteadOf},`,
      });
      if (!row) throw new Error('an upsert returned no row');
      const most = cap.keep + 1;
      return isLonger(row.access_keys, most) || isLonger(row.refresh_keys, most)
        ? shorten({ client_id: clientId, account_id: accountId, ...row }, cap.keep, cap.now)
        : { access: [], refresh: [] };
    },
  };
}

/** Does a list name at least so many keys? */
function isLonger(list: string, count: number): boolean {
  let comma = 0;
  for (let seen = 0; seen < count; seen++) {
    comma = list.indexOf(',', comma + 1);
    if (comma === -1) return false;
  }
  return true;
}
