import type { FieldProblem } from '../../kernel/errors.ts';
import type { SeedAccount, SeedCustomer, SeedOrganization } from './seed_schema.ts';

/** Notes a value that may stand in one place only. */
export function unique(
  seen: Map<string, string>,
  value: string | undefined,
  field: string,
  problems: FieldProblem[],
): void {
  if (value === undefined) return;
  const before = seen.get(value);
  if (before === undefined) seen.set(value, field);
  else problems.push({ field, message: `is ${JSON.stringify(value)}, as is ${before}; each needs its own.` });
}

export function isGroup(organization: SeedOrganization, id: number): boolean {
  return id === 0 || (organization.groups ?? []).some((group) => group.id === id);
}

export function noGroup(organization: SeedOrganization, id: number): string {
  const known = [...new Set([0, ...(organization.groups ?? []).map((group) => group.id)])];
  return `is ${id}, and there is no such group in the organization. Its groups: ${known.join(', ')}.`;
}

export function accountOf(organization: SeedOrganization, email: string): SeedAccount | undefined {
  return organization.accounts?.find((account) => account.email.toLowerCase() === email.toLowerCase());
}

export function noAccount(organization: SeedOrganization, email: string): string {
  const known = (organization.accounts ?? []).map((account) => account.email);
  const shown = known.length > 8 ? [...known.slice(0, 8), '…'] : known;
  return `is ${JSON.stringify(email)}, and there is no such account in the organization. Its accounts: ${shown.join(', ') || 'none'}.`;
}

/** By id or e-mail. */
export function customerOf(organization: SeedOrganization, name: string): SeedCustomer | undefined {
  return organization.customers?.find(
    ({ id, email }) => id === name || email?.toLowerCase() === name.toLowerCase(),
  );
}
