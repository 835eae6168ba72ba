import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { IdentityService } from '../identity/identity_service.ts';
import type { MailWriter } from '../identity/mail_outbox.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import type { PeopleService } from '../people/people_service.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import { type AccountChanges, accountChanges } from './account_changes.ts';
import { type NewOrganizations, newOrganizations } from './new_organization.ts';
import { type OrganizationProfiles, organizationProfiles } from './organization_profiles.ts';
import { type CropSquare, type MemberPictures, memberPictures } from './pictures.ts';
import type { AccountFacts } from './records.ts';
import { type SessionAccess, sessionAccess } from './session_access.ts';

/** Accounts and organizations as programs manage them. */
export interface AccountsService extends AccountChanges {
  /** Of every member, by account id. */
  facts(licenseId: number): Promise<ReadonlyMap<string, AccountFacts>>;
  factsOf(licenseId: number, accountId: string): Promise<AccountFacts | undefined>;
  sessions: SessionAccess;
  organizations: OrganizationProfiles;
  newOrganizations: NewOrganizations;
  pictures: MemberPictures;
}

export function createAccountsService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  keyring: Keyring;
  tokens: OpaqueTokens;
  identity: IdentityService;
  people: PeopleService;
  hasher: PasswordHasher;
  writer: MailWriter;
  settings: ServerSettings;
  cropSquare: CropSquare;
  /** After the commit: caches forget the tokens of these families. */
  familiesRevoked(keys: readonly number[]): void;
  /** After the commit: who remembers names and pictures forgets them. */
  changed(licenseId: number): void;
}): AccountsService {
  const { storage, identity } = deps;
  const shared = { ...deps, audit: identity.audit };
  const sessions = sessionAccess(shared);
  const organizations = organizationProfiles(shared);
  return {
    ...accountChanges({ ...deps, endSessions: sessions.endWithin }),
    facts: (licenseId) => storage.read.accounts.facts(licenseId),
    factsOf: (licenseId, accountId) => storage.read.accounts.factsOf(licenseId, accountId),
    sessions,
    organizations,
    newOrganizations: newOrganizations({ ...deps, profiles: organizations }),
    pictures: memberPictures(deps),
  };
}
