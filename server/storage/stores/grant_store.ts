import type { GrantStore } from '../../domain/grants/grant_store.ts';
import type { Session } from '../engine/database.ts';
import { codeQueries } from './grant_codes.ts';
import { consentQueries } from './grant_consents.ts';
import { credentialQueries } from './grant_credentials.ts';
import { customerGrantQueries } from './grant_customers.ts';
import { familyQueries } from './grant_families.ts';
import { holderQueries } from './grant_holders.ts';
import { purgeQueries } from './grant_purge.ts';
import { revocationQueries } from './grant_revocations.ts';
import { standardGrantQueries } from './grant_standard.ts';
import { tokenQueries } from './grant_tokens.ts';

/** Grants, codes and tokens, on one read or one unit of work. */
export function createGrantStore(session: Session): GrantStore {
  return {
    ...consentQueries(session),
    ...codeQueries(session),
    ...tokenQueries(session),
    ...holderQueries(session),
    ...familyQueries(session),
    ...revocationQueries(session),
    ...purgeQueries(session),
    ...credentialQueries(session),
    ...standardGrantQueries(session),
    ...customerGrantQueries(session),
  };
}
