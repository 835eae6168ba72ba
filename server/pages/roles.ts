/** Roles of an account in an organization, as on the wire. */
export type AccountRole = 'owner' | 'administrator' | 'member';

const words: Record<AccountRole, string> = {
  owner: 'Owner',
  administrator: 'Administrator',
  member: 'Member',
};

/** The role as a label. */
export function roleInWords(role: AccountRole): string {
  return words[role];
}

const inSentence: Record<AccountRole, string> = {
  owner: 'an owner',
  administrator: 'an administrator',
  member: 'a member',
};

/** The role within a sentence: `an owner`. */
export function roleInSentence(role: AccountRole): string {
  return inSentence[role];
}

/** What the role is for, in a line. */
export const roleMeaning: Record<AccountRole, string> = {
  owner: 'Everything, including the people, the apps and the ownership itself.',
  administrator: 'The apps and the people of the organization, except its owners.',
  member: 'Works in chats and with the apps; changes neither apps nor people.',
};
