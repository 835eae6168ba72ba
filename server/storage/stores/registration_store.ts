import type {
  InitialAccessToken,
  Registration,
  RegistrationMode,
} from '../../domain/registration/records.ts';
import type { RegistrationStore } from '../../domain/registration/registration_store.ts';
import type { AuthMethod } from '../../oauth/client_metadata.ts';
import type { Session } from '../engine/database.ts';
import type { RegistrationTables } from '../tables/registration.ts';

/** Apps that register themselves, on one read or one unit of work. */
export function createRegistrationStore(session: Session): RegistrationStore {
  return { ...modeQueries(session), ...initialTokenQueries(session), ...registrationQueries(session) };
}

function modeQueries(
  session: Session,
): Pick<
  RegistrationStore,
  'registrationMode' | 'holdRegistrationMode' | 'setRegistrationMode' | 'organizationsWithRegistration'
> {
  return {
    async registrationMode(licenseId) {
      const [row] = await session.query((db) =>
        db.selectFrom('registration_modes').select('mode').where('license_id', '=', licenseId),
      );
      return (row?.mode as RegistrationMode | undefined) ?? 'off';
    },
    async holdRegistrationMode(licenseId) {
      const [row] = await session.query((db) =>
        db
          .updateTable('registration_modes')
          .set((eb) => ({ updated_at: eb.ref('updated_at') }))
          .where('license_id', '=', licenseId)
          .returning('mode'),
      );
      return (row?.mode as RegistrationMode | undefined) ?? 'off';
    },
    async setRegistrationMode(licenseId, mode, now) {
      await session.execute((db) =>
        db
          .insertInto('registration_modes')
          .values({ license_id: licenseId, mode, updated_at: now })
          .onConflict((conflict) => conflict.column('license_id').doUpdateSet({ mode, updated_at: now })),
      );
    },
    async organizationsWithRegistration(limit) {
      const rows = await session.query((db) =>
        db
          .selectFrom('registration_modes')
          .innerJoin('organizations', 'organizations.license_id', 'registration_modes.license_id')
          .select('organizations.id as id')
          .where('registration_modes.mode', '!=', 'off')
          .limit(limit),
      );
      return rows.map(({ id }) => id);
    },
  };
}

function initialTokenQueries(
  session: Session,
): Pick<
  RegistrationStore,
  'addInitialToken' | 'initialToken' | 'initialTokens' | 'revokeInitialToken' | 'countInitialToken'
> {
  return {
    async addInitialToken(token) {
      await session.execute((db) =>
        db.insertInto('initial_access_tokens').values({
          token_key: token.key,
          id: token.id,
          license_id: token.licenseId,
          name: token.name,
          secret_hash: token.secretHash,
          created_by: token.createdBy,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          last_used_at: token.lastUsedAt,
          uses: token.uses,
        }),
      );
    },
    async initialToken(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('initial_access_tokens').selectAll().where('token_key', '=', key),
      );
      return row && toInitialToken(row);
    },
    async initialTokens(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('initial_access_tokens')
          .selectAll()
          .where('license_id', '=', licenseId)
          .orderBy('token_key', 'desc'),
      );
      return rows.map(toInitialToken);
    },
    async revokeInitialToken(licenseId, id) {
      const revoked = await session.execute((db) =>
        db.deleteFrom('initial_access_tokens').where('id', '=', id).where('license_id', '=', licenseId),
      );
      return revoked === 1;
    },
    async countInitialToken(key, now) {
      const used = await session.execute((db) =>
        db
          .updateTable('initial_access_tokens')
          .set((eb) => ({ uses: eb('uses', '+', 1), last_used_at: now }))
          .where('token_key', '=', key)
          .where('expires_at', '>', now),
      );
      return used === 1;
    },
  };
}

function registrationQueries(
  session: Session,
): Pick<
  RegistrationStore,
  | 'addRegistration'
  | 'registration'
  | 'registrationOf'
  | 'countUnverified'
  | 'updateRegistration'
  | 'verifyRegistration'
  | 'abandonedRegistrations'
> {
  return {
    async addRegistration(registration) {
      await session.execute((db) =>
        db.insertInto('client_registrations').values({
          registration_key: registration.key,
          secret_hash: registration.secretHash,
          client_id: registration.clientId,
          app_id: registration.appId,
          license_id: registration.licenseId,
          auth_method: registration.authMethod,
          grant_types: JSON.stringify(registration.grantTypes),
          client_uri: registration.clientUri,
          initial_token_id: registration.initialTokenId,
          created_at: registration.createdAt,
          verified_at: registration.verifiedAt,
        }),
      );
    },
    async registration(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('client_registrations').selectAll().where('registration_key', '=', key),
      );
      return row && toRegistration(row);
    },
    async registrationOf(clientId) {
      const [row] = await session.query((db) =>
        db.selectFrom('client_registrations').selectAll().where('client_id', '=', clientId),
      );
      return row && toRegistration(row);
    },
    async countUnverified(licenseId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('client_registrations')
          .select((eb) => eb.fn.countAll().as('count'))
          .where('license_id', '=', licenseId)
          .where('verified_at', 'is', null),
      );
      return Number(row?.count ?? 0);
    },
    async updateRegistration(key, { authMethod, grantTypes, clientUri }) {
      await session.execute((db) =>
        db
          .updateTable('client_registrations')
          .set({
            auth_method: authMethod,
            grant_types: JSON.stringify(grantTypes),
            client_uri: clientUri,
            verified_at: null,
          })
          .where('registration_key', '=', key),
      );
    },
    async verifyRegistration(licenseId, clientId, now) {
      const verified = await session.execute((db) =>
        db
          .updateTable('client_registrations')
          .set({ verified_at: now })
          .where('client_id', '=', clientId)
          .where('license_id', '=', licenseId)
          .where('verified_at', 'is', null),
      );
      return verified === 1;
    },
    async abandonedRegistrations(createdBefore, limit) {
      const rows = await session.query((db) =>
        db
          .selectFrom('client_registrations')
          .selectAll()
          .where('verified_at', 'is', null)
          .where('created_at', '<', createdBefore)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('grants')
                  .select('grants.grant_key')
                  .whereRef('grants.client_id', '=', 'client_registrations.client_id'),
              ),
            ),
          )
          .orderBy('registration_key')
          .limit(limit),
      );
      return rows.map(toRegistration);
    },
  };
}

function toInitialToken(row: RegistrationTables['initial_access_tokens']): InitialAccessToken {
  return {
    key: row.token_key,
    id: row.id,
    licenseId: row.license_id,
    name: row.name,
    secretHash: row.secret_hash,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    uses: row.uses,
  };
}

function toRegistration(row: RegistrationTables['client_registrations']): Registration {
  return {
    key: row.registration_key,
    secretHash: row.secret_hash,
    clientId: row.client_id,
    appId: row.app_id,
    licenseId: row.license_id,
    authMethod: row.auth_method as AuthMethod,
    grantTypes: JSON.parse(row.grant_types) as string[],
    clientUri: row.client_uri,
    initialTokenId: row.initial_token_id,
    createdAt: row.created_at,
    verifiedAt: row.verified_at,
  };
}
