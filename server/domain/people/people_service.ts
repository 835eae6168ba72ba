import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { IdentityService } from '../identity/identity_service.ts';
import type { MailWriter } from '../identity/mail_outbox.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import type { Member } from '../identity/records.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import { type InvitationAnswers, invitationAnswers } from './invitation_answers.ts';
import { type Invitations, invitations } from './invitations.ts';
import { type MemberChanges, memberChanges } from './member_changes.ts';
import type { PeopleFilter, PeoplePlace, PersonInList } from './records.ts';

/** The people of an organization: who is in, who is asked in, and what each may do. */
export interface PeopleService {
  /** Sorted by name. */
  list(
    licenseId: number,
    filter: PeopleFilter,
    page: { after: PeoplePlace | undefined; limit: number },
  ): Promise<{ people: PersonInList[]; total: number; next: PeoplePlace | undefined }>;
  withActing(licenseId: number, member: Member): Promise<PersonInList>;
  changes: MemberChanges;
  invitations: Invitations;
  answers: InvitationAnswers;
}

export function createPeopleService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  identity: Pick<IdentityService, 'audit' | 'outbox' | 'throttle' | 'sessions' | 'confirmPassword'>;
  hasher: PasswordHasher;
  writer: MailWriter;
  settings: ServerSettings;
  /** After a commit that changed who is in an organization, or what somebody may do there. What remembers
   *  rights hears of it by the storage. */
  changed(licenseId: number): void;
}): PeopleService {
  const { storage, clock } = deps;
  const { audit, outbox, throttle, sessions, confirmPassword } = deps.identity;
  const shared = { ...deps, audit, outbox, throttle, sessions, confirmPassword };

  async function withActing<M extends Member>(
    licenseId: number,
    members: readonly M[],
  ): Promise<(M & PersonInList)[]> {
    const ids = members.map(({ account }) => account.id);
    const acting = await storage.read.people.actingFor(licenseId, ids, clock.now());
    return members.map((member) => ({
      ...member,
      actingFor: acting.get(member.account.id) ?? { apps: 0, personalAccessTokens: 0 },
    }));
  }

  return {
    async list(licenseId, filter, { after, limit }) {
      const [rows, total] = await Promise.all([
        storage.read.people.people(licenseId, filter, { after, limit: limit + 1 }),
        storage.read.people.countPeople(licenseId, filter),
      ]);
      const people = await withActing(licenseId, rows.slice(0, limit));
      return { people, total, next: rows.length > limit ? people.at(-1)?.place : undefined };
    },
    async withActing(licenseId, member) {
      const [person] = await withActing(licenseId, [member]);
      return person ?? { ...member, actingFor: { apps: 0, personalAccessTokens: 0 } };
    },
    changes: memberChanges(shared),
    invitations: invitations(shared),
    answers: invitationAnswers(shared),
  };
}
