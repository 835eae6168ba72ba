import { leaveOrganizationPage } from './account_organizations.ts';
import type { GalleryEntry } from './gallery_samples.ts';
import { entry, olivia, signedIn } from './gallery_samples.ts';
import {
  answerInvitationPage,
  invitationDeclinedPage,
  invitationEndedPage,
  invitationLogInPage,
  invitationOtherAccountPage,
  invitationSignUpPage,
} from './invitation.ts';

const invitation = {
  token: 't0',
  organization: 'Acme',
  invitedBy: 'Adam Administrator',
  email: olivia.email,
  role: 'administrator' as const,
};
const long = {
  ...invitation,
  organization: 'The Very Long Winded Holding Company of Northern Europe',
  email: 'a.person.with.a.remarkably.long.address@subsidiary.northern-europe.example',
  invitedBy: null,
  role: 'member' as const,
};
const acme = { id: '390e44e6-f1e6-4368-8f6d-74a145080001', name: 'Acme' };

/** Coming into an organization, and leaving it. */
export const people: GalleryEntry[] = [
  entry('invitation', answerInvitationPage, invitation, signedIn),
  entry('invitation_long', answerInvitationPage, long, signedIn),
  entry('invitation_log_in', invitationLogInPage, invitation),
  entry('invitation_other_account', invitationOtherAccountPage, {
    ...invitation,
    email: 'olivia.private@home.example',
    signedInEmail: olivia.email,
    hasAccount: true,
  }),
  entry(
    'invitation_other_account_new',
    invitationOtherAccountPage,
    { ...long, signedInEmail: olivia.email, hasAccount: false },
    signedIn,
  ),
  entry('invitation_sign_up', invitationSignUpPage, { ...invitation, passwordMinLength: 12 }),
  entry('invitation_sign_up_refused', invitationSignUpPage, {
    ...invitation,
    passwordMinLength: 12,
    values: { name: '' },
    problems: [
      { field: 'name', message: 'Enter your name.' },
      { field: 'password', message: 'Choose a password that is harder to guess.' },
    ],
  }),
  entry('invitation_declined', invitationDeclinedPage, { organization: 'Acme' }, signedIn),
  ...(['expired', 'used', 'revoked', 'unknown'] as const).map((reason) =>
    entry(`invitation_${reason}`, invitationEndedPage, { reason }),
  ),
  entry(
    'account_leave',
    leaveOrganizationPage,
    { organization: acme, apps: ['Chat Insights', '9 to 5'] },
    signedIn,
  ),
  entry(
    'account_leave_refused',
    leaveOrganizationPage,
    {
      organization: acme,
      apps: [],
      refused:
        'An organization needs an active owner, and this is the last one. Make somebody else an owner first.',
    },
    signedIn,
  ),
];
