import type { MailWriter } from '../domain/identity/mail_outbox.ts';
import { accountCreatedMail } from '../pages/mail/account_created_mail.ts';
import { agentAddedMail } from '../pages/mail/agent_added_mail.ts';
import { confirmEmailMail } from '../pages/mail/confirm_email_mail.ts';
import { invitationMail } from '../pages/mail/invitation_mail.ts';
import { invitationProposedMail } from '../pages/mail/invitation_proposed_mail.ts';
import { membershipMail } from '../pages/mail/membership_mail.ts';
import { passwordChangedMail } from '../pages/mail/password_changed_mail.ts';
import { resetPasswordMail } from '../pages/mail/reset_password_mail.ts';
import { signInChangedMail } from '../pages/mail/sign_in_changed_mail.ts';
import { unsuspensionMail } from '../pages/mail/unsuspension_mail.ts';
import { verifyCustomerEmailMail } from '../pages/mail/verify_customer_email_mail.ts';

/** The mails' words and layout, which live with the pages, behind the domain's port. */
export function mailWriter(productName: string): MailWriter {
  return {
    confirmEmail: ({ name, link, validDays }) =>
      confirmEmailMail({ productName, name, link, validFor: `${validDays} days` }),
    resetPassword: ({ name, link, validMinutes }) =>
      resetPasswordMail({
        productName,
        name,
        link,
        validFor: validMinutes === 60 ? '1 hour' : `${validMinutes} minutes`,
      }),
    signInChanged: (view) => signInChangedMail({ productName, ...view }),
    passwordChanged: (view) => passwordChangedMail({ productName, ...view }),
    invitation: ({ validDays, ...view }) =>
      invitationMail({ productName, ...view, validFor: `${validDays} days` }),
    verifyCustomerEmail: ({ validDays, ...view }) =>
      verifyCustomerEmailMail({ productName, ...view, validFor: `${validDays} days` }),
    agentAdded: ({ validDays, ...view }) =>
      agentAddedMail({ productName, ...view, validFor: `${validDays} days` }),
    unsuspensionAsked: (view) => unsuspensionMail({ productName, ...view }),
    accountCreated: ({ validDays, ...view }) =>
      accountCreatedMail({ productName, ...view, validFor: `${validDays} days` }),
    invitationProposed: (view) => invitationProposedMail({ productName, ...view }),
    membershipChanged: (view) => membershipMail({ productName, ...view }),
  };
}
