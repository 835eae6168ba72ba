import type { Mail } from './mail_frame.ts';
import { composeMail, mentioned } from './mail_frame.ts';

export type InvitationProposedMailView = {
  productName: string;
  name: string;
  organization: string;
  proposedBy: string;
  /** Of the person who was proposed. */
  email: string;
  /** Absolute address of the Console's page of people. */
  peopleUrl: string;
};

/** Asks an owner or administrator to decide about somebody whom a member proposed. */
export function invitationProposedMail(view: InvitationProposedMailView): Mail {
  const organization = mentioned(view.organization) ?? 'your organization';
  const sender = mentioned(view.proposedBy) ?? 'Somebody';
  return composeMail({
    productName: view.productName,
    subject: `${sender} wants to invite somebody to ${organization}`,
    to: view.name,
    before: [`${sender} proposes to invite ${view.email} to ${organization}.`],
    link: { label: 'See people and invitations', url: view.peopleUrl },
    after: ['Until somebody approves of it, nothing happens, and the person hears nothing.'],
  });
}
