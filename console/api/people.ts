import { path, request } from './request.ts';
import type {
  AccountsRole,
  ChatRole,
  Invitation,
  InvitationsPage,
  PeopleFilters,
  PeoplePage,
  Person,
} from './types.ts';

export function listPeople(
  { search, role, status }: PeopleFilters,
  pageId: string | undefined,
  signal: AbortSignal,
): Promise<PeoplePage> {
  return request('GET', '/people', { query: { search, role, status, page_id: pageId }, signal });
}

/** Who is changed, and the version of them that the caller saw. */
type Seen = Pick<Person, 'account_id' | 'version'>;

export function changeRoles(
  { account_id, version }: Seen,
  roles: { role?: AccountsRole; chat_role?: ChatRole },
): Promise<Person> {
  return request('PATCH', path`/people/${account_id}`, { body: { version, ...roles } });
}

export function suspendPerson({ account_id, version }: Seen): Promise<Person> {
  return request('POST', path`/people/${account_id}/suspension`, { body: { version } });
}

export function unsuspendPerson({ account_id, version }: Seen): Promise<Person> {
  return request('DELETE', path`/people/${account_id}/suspension`, { body: { version } });
}

export function removePerson({ account_id, version }: Seen): Promise<void> {
  return request('DELETE', path`/people/${account_id}`, { body: { version } });
}

/** `password` is the caller's own. */
export function transferOwnership({ account_id, version }: Seen, password: string): Promise<Person> {
  return request('POST', path`/people/${account_id}/ownership`, { body: { version, password } });
}

export function listInvitations(pageId: string | undefined, signal: AbortSignal): Promise<InvitationsPage> {
  return request('GET', '/invitations', { query: { page_id: pageId }, signal });
}

/** All of the e-mails are invited, or none. */
export function createInvitations(input: {
  emails: string[];
  role: AccountsRole;
  chat_role: ChatRole;
}): Promise<{ invitations: Invitation[] }> {
  return request('POST', '/invitations', { body: input });
}

export function resendInvitation(id: string): Promise<Invitation> {
  return request('POST', path`/invitations/${id}/resend`, { body: {} });
}

export function revokeInvitation(id: string): Promise<void> {
  return request('DELETE', path`/invitations/${id}`, { body: {} });
}
