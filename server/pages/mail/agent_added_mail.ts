import type { Mail } from './mail_frame.ts';
import { composeMail, mentioned } from './mail_frame.ts';

export type AgentAddedMailView = {
  productName: string;
  name: string;
  organization: string;
  addedBy: string;
  awaitingApproval: boolean;
  /** Absolute address of `/reset-password` with the token. */
  link: string;
  /** How long the link works, in words: `7 days`. */
  validFor: string;
};

/** Tells somebody that they were made an agent, and lets them choose the password of their new account. */
export function agentAddedMail(view: AgentAddedMailView): Mail {
  const organization = mentioned(view.organization) ?? 'an organization';
  const sender = mentioned(view.addedBy) ?? 'Somebody';
  return composeMail({
    productName: view.productName,
    subject: `You are an agent of ${organization} on ${view.productName}`,
    to: view.name,
    before: [
      `${sender} made an account for you, to answer the chats of ${organization}.`,
      ...(view.awaitingApproval
        ? ['You can work there as soon as an owner or administrator has approved it.']
        : []),
    ],
    link: { label: 'Choose your password', url: view.link },
    after: [
      `The link works once, for ${view.validFor}. Later, ask for another one where you log in.`,
      'You do not know them? Ignore this mail: without a password nobody can use the account.',
    ],
  });
}
