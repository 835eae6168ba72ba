import type { Mail } from './mail_frame.ts';
import { composeMail, mentioned } from './mail_frame.ts';

export type UnsuspensionMailView = {
  productName: string;
  name: string;
  organization: string;
  agentName: string;
  agentEmail: string;
  /** Absolute address of the Console's list of agents. */
  agentsUrl: string;
};

/** Tells owners and administrators that a suspended agent asks to come back. */
export function unsuspensionMail(view: UnsuspensionMailView): Mail {
  const organization = mentioned(view.organization) ?? 'your organization';
  const agent = mentioned(view.agentName) ?? view.agentEmail;
  return composeMail({
    productName: view.productName,
    subject: `${agent} asks to work in ${organization} again`,
    to: view.name,
    before: [
      `${agent} (${view.agentEmail}) is suspended in ${organization} and asks for it to be lifted.`,
      'Nothing changes until an owner or administrator does that.',
    ],
    link: { label: 'See the agents', url: view.agentsUrl },
    after: ['Nothing needs to be done if they are to stay suspended.'],
  });
}
