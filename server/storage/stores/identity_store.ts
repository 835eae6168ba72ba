import type { IdentityStore } from '../../domain/identity/identity_store.ts';
import type { Session } from '../engine/database.ts';
import { mailQueries } from './identity_mails.ts';
import { peopleQueries } from './identity_people.ts';
import { sessionQueries } from './identity_sessions.ts';
import { settingsQueries } from './identity_settings.ts';

/** Accounts, organizations, sessions and mails, on one read or one unit of work. */
export function createIdentityStore(session: Session): IdentityStore {
  return {
    ...peopleQueries(session),
    ...settingsQueries(session),
    ...sessionQueries(session),
    ...mailQueries(session),
  };
}
