import type { AccountsRole, ChatRole, Person, PersonStatus } from '../../api/types.ts';
import { count } from './words.ts';

/** What stops when somebody goes: `2 apps and 1 personal access token`. */
function acting({ acting_for: actingFor }: Person): string | undefined {
  if (!actingFor || actingFor.apps + actingFor.personal_access_tokens === 0) return undefined;
  return new Intl.ListFormat('en').format([
    ...(actingFor.apps > 0 ? [count(actingFor.apps, 'app', 'apps')] : []),
    ...(actingFor.personal_access_tokens > 0
      ? [count(actingFor.personal_access_tokens, 'personal access token', 'personal access tokens')]
      : []),
  ]);
}

const one = ({ acting_for: actingFor }: Person): boolean =>
  actingFor !== null && actingFor.apps + actingFor.personal_access_tokens === 1;

const chatRoles: Record<ChatRole, { name: string; text: string }> = {
  administrator: { name: 'Chat administrator', text: 'Sees all chats, of every group.' },
  normal: { name: 'Normal agent', text: 'Sees the chats of the own groups.' },
};

const roleMeanings: Record<AccountsRole, string> = {
  owner: 'Everything, including the people, the apps and the ownership itself.',
  administrator: 'The apps and the people of the organization, except its owners.',
  member: 'Works in chats and with the apps; changes neither apps nor people.',
};

const statuses: Record<PersonStatus, string> = { active: 'Active', suspended: 'Suspended' };

/** Settings, People. */
export const people = {
  title: 'People',
  description: (organization: string) => `Who belongs to ${organization}, and what each of them may do.`,
  readOnly: 'Owners and administrators invite people and change their roles.',
  chatRoles,
  roleMeanings,
  statuses,
  search: 'Search by name or email',
  clearSearch: 'Clear the search',
  role: 'Role',
  anyRole: 'Any role',
  status: 'Status',
  anyStatus: 'Active and suspended',
  shown: (shown: number, total: number) =>
    shown === total ? count(total, 'person', 'people') : `${shown} of ${count(total, 'person', 'people')}`,
  more: 'Show more',
  noMatchTitle: 'Nobody matches',
  noMatchText: 'Try another spelling, or fewer filters.',
  aloneTitle: 'Work with others',
  aloneText: 'Invite the people who answer chats or build apps with you. Each gets a mail with a link.',
  you: 'You',
  joined: 'Joined',
  acting: (person: Person) => acting(person),
  menu: (name: string) => `Actions for ${name}`,
  changeRole: 'Change role…',
  suspend: 'Suspend…',
  unsuspend: 'Lift the suspension',
  remove: 'Remove…',
  makeOwner: 'Hand over ownership…',
  roleDialog: {
    title: (name: string) => `Roles of ${name}`,
    role: 'Role in the organization',
    chatRole: 'Role in chats',
    consequence: (person: Person): string => {
      const what = acting(person);
      return what === undefined
        ? 'A change counts at once.'
        : `A change counts at once: ${what} of this person may from now on do what the new roles allow.`;
    },
    ownSelf: 'These are your own roles. You cannot raise them again by yourself.',
    submit: 'Change roles',
    done: (name: string) => `The roles of ${name} were changed`,
  },
  suspendDialog: {
    title: (name: string) => `Suspend ${name}?`,
    text: (name: string, person: Person): string => {
      const what = acting(person);
      const tail = 'You can lift the suspension at any time; what still lives then works again.';
      return what === undefined
        ? `${name} loses access to this organization, and gets no chats. ${tail}`
        : `${name} loses access to this organization, and gets no chats. ${what} ${one(person) ? 'loses' : 'lose'} access too. ${tail}`;
    },
    confirm: 'Suspend',
    done: (name: string) => `${name} is suspended`,
  },
  unsuspended: (name: string) => `${name} can work here again`,
  removeDialog: {
    title: (name: string) => `Remove ${name}?`,
    text: (name: string, person: Person): string => {
      const what = acting(person);
      const tail = 'Only a new invitation brings them back. Their chats and messages stay.';
      return what === undefined
        ? `${name} loses access to this organization for good. ${tail}`
        : `${name} loses access to this organization, and ${what} ${one(person) ? 'loses' : 'lose'} it for good. ${tail}`;
    },
    confirm: 'Remove',
    done: (name: string) => `${name} was removed`,
  },
  ownerDialog: {
    title: (name: string) => `Make ${name} the owner?`,
    text: (name: string) =>
      `${name} becomes an owner and can change everybody’s role, yours too. You become an administrator. Both of you get a mail.`,
    password: 'Your password',
    passwordHint: 'Asked again, so that nobody can do this at an open browser of yours.',
    passwordMissing: 'Enter your password.',
    submit: 'Hand over ownership',
    done: (name: string) => `${name} is an owner now, and you are an administrator`,
  },
  invite: {
    action: 'Invite people',
    title: 'Invite people',
    emails: 'Email addresses',
    emailsHint: 'One or several, at most 20: on lines of their own, or with commas between them.',
    emailsMissing: 'Enter at least one email address.',
    role: 'Role in the organization',
    chatRole: 'Role in chats',
    submit: 'Send invitations',
    done: (number: number) => `${count(number, 'invitation was', 'invitations were')} sent`,
  },
  invitations: {
    title: 'Open invitations',
    description: 'The link in each mail works once, for 7 days.',
    none: 'Nobody has been invited who did not answer.',
    failed: 'The invitations could not be loaded',
    sent: 'Sent',
    by: (name: string) => `by ${name}`,
    expires: 'works until',
    expired: 'Expired',
    resend: 'Send again',
    resendTo: (email: string) => `Send the invitation to ${email} again`,
    resent: (email: string) => `A new link was sent to ${email}; the one before is dead`,
    revoke: 'Revoke',
    revokeOf: (email: string) => `Revoke the invitation of ${email}`,
    revokeTitle: (email: string) => `Revoke the invitation of ${email}?`,
    revokeText: 'The link in the mail stops working. You can invite the same person again.',
    revoked: (email: string) => `The invitation of ${email} is revoked`,
  },
};
