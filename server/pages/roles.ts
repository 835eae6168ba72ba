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
