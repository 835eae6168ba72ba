import type { AccountRole } from '../roles.ts';
import { roleInSentence } from '../roles.ts';
import type { Mail } from './mail_frame.ts';
import { composeMail, mentioned } from './mail_frame.ts';

/** What happened to the person's membership. */
export type MembershipMailNews =
  | { kind: 'roles_changed'; accountRole: AccountRole; chatRole: 'administrator' | 'normal' }
  | { kind: 'suspended' | 'unsuspended' | 'approved' | 'removed' | 'left' }
  | { kind: 'became_owner'; from: string }
  | { kind: 'gave_ownership'; to: string };

export type MembershipMailView = {
  productName: string;
  name: string;
  organization: string;
  news: MembershipMailNews;
  /** Absolute address of `/account/organizations`. */
  accountUrl: string;
};

/** Tells a person what somebody, or they themselves, changed about their place in an organization. */
export function membershipMail(view: MembershipMailView): Mail {
  const organization = mentioned(view.organization) ?? 'your organization';
  const { subject, before } = words(view.news, organization);
  return composeMail({
    productName: view.productName,
    subject,
    to: view.name,
    before,
    link: { label: 'See your organizations', url: view.accountUrl },
    after: ['You did not expect this? Ask an owner of the organization.'],
  });
}

function words(news: MembershipMailNews, organization: string): { subject: string; before: string[] } {
  switch (news.kind) {
    case 'roles_changed':
      return {
        subject: `Your role in ${organization} was changed`,
        before: [
          `In ${organization} you are now ${roleInSentence(news.accountRole)}; in chats, ${news.chatRole === 'administrator' ? 'an administrator' : 'a normal agent'}.`,
          'Apps and tokens of yours may do what this role allows, from now on.',
        ],
      };
    case 'suspended':
      return {
        subject: `You were suspended in ${organization}`,
        before: [
          `Your membership in ${organization} is suspended. Your apps and tokens there are refused until an owner or administrator lifts that.`,
        ],
      };
    case 'unsuspended':
      return {
        subject: `You can work in ${organization} again`,
        before: [
          `The suspension of your membership in ${organization} was lifted. Your apps and tokens there work again.`,
        ],
      };
    case 'approved':
      return {
        subject: `You can work in ${organization} now`,
        before: [`Your place in ${organization} was approved: from now on you can work there.`],
      };
    case 'removed':
      return {
        subject: `You were removed from ${organization}`,
        before: [
          `You are no longer a member of ${organization}. The access of your apps there has ended, and your personal access tokens for it are revoked. Your account stays.`,
        ],
      };
    case 'left':
      return {
        subject: `You left ${organization}`,
        before: [
          `You are no longer a member of ${organization}. The access of your apps there has ended, and your personal access tokens for it are revoked. Your account stays.`,
        ],
      };
    case 'became_owner':
      return {
        subject: `You are the owner of ${organization} now`,
        before: [
          `${mentioned(news.from) ?? 'The owner'} handed the ownership of ${organization} over to you.`,
        ],
      };
    case 'gave_ownership':
      return {
        subject: `You handed over ${organization}`,
        before: [
          `You made ${mentioned(news.to) ?? 'another member'} the owner of ${organization}. You are an administrator there now.`,
        ],
      };
  }
}
