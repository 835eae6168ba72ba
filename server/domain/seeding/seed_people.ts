import type { FieldProblem } from '../../kernel/errors.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Account, Organization } from '../identity/records.ts';
import { GENERAL_GROUP } from '../identity/sign_up.ts';
import type { Stores } from '../storage.ts';
import type { SeedContext, SeedDeps, SeedReport } from './seed_deps.ts';
import type { Seed, SeedAccount, SeedOrganization } from './seed_schema.ts';
import { rolesOf } from './seed_values.ts';

/** The accounts of an organization, by e-mail in small letters. */
export type SeededAccounts = ReadonlyMap<string, Account>;

/**
 * Hashes the passwords of those accounts that are not there yet; hashing is slow, and a unit of work must
 * wait for nothing but its stores.
 * @returns hashes by e-mail in small letters, and a problem for each new account without a password
 */
export async function passwordHashes(
  seed: Seed,
  deps: SeedDeps,
): Promise<{ hashes: Map<string, string>; problems: FieldProblem[] }> {
  const hashes = new Map<string, string>();
  const problems: FieldProblem[] = [];
  for (const [place, organization] of seed.organizations.entries())
    for (const [index, account] of (organization.accounts ?? []).entries()) {
      if (hashes.has(keyOf(account)) || (await find(deps.storage.read, account))) continue;
      if (account.password !== undefined)
        hashes.set(keyOf(account), await deps.hasher.hash(account.password));
      else
        problems.push({
          field: `organizations[${place}].accounts[${index}].password`,
          message: `is missing, and there is no account ${account.email} yet.`,
        });
    }
  return { hashes, problems };
}

export async function addOrganization(
  stores: Stores,
  seed: SeedOrganization,
  { clock, identifiers }: SeedDeps,
  report: SeedReport,
): Promise<Organization> {
  const known = await findOrganization(stores, seed);
  if (known) return known;
  const organization = {
    id: seed.id ?? identifiers.uuid(),
    name: cleanLine(seed.name),
    forceStrict: seed.force_strict ?? false,
    createdAt: clock.now(),
  };
  const licenseId = await stores.identity.addOrganization(organization, seed.license_id);
  if (licenseId === undefined)
    throw new Error('two servers seeded the same organization at once; start again');
  report.organizations += 1;
  return { ...organization, licenseId };
}

/** By its id; without one by its license id; without either by its name, among those of its accounts. */
async function findOrganization(stores: Stores, seed: SeedOrganization): Promise<Organization | undefined> {
  const { identity } = stores;
  if (seed.id !== undefined) return identity.organizationById(seed.id);
  if (seed.license_id !== undefined) return identity.organization(seed.license_id);
  for (const account of seed.accounts ?? []) {
    const person = await find(stores, account);
    const own = person ? await identity.organizationsOf(person.id) : [];
    const named = own.find(({ organization }) => organization.name === cleanLine(seed.name));
    if (named) return named.organization;
  }
  return undefined;
}

/** Ids of the seed that belong to somebody else on this server. */
export async function takenIds(seed: Seed, { storage }: SeedDeps): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const [place, entry] of seed.organizations.entries()) {
    const path = `organizations[${place}]`;
    const known = await findOrganization(storage.read, entry);
    const holder =
      known || entry.license_id === undefined
        ? undefined
        : await storage.read.identity.organization(entry.license_id);
    if (holder)
      problems.push({
        field: `${path}.license_id`,
        message: `is ${entry.license_id}, which belongs to another organization of this server (${holder.id}).`,
      });
    for (const [index, app] of (entry.apps ?? []).entries()) {
      const clientId = app.blocks?.authorization?.clientId;
      const client = clientId === undefined ? undefined : await storage.read.apps.client(clientId);
      if (client && client.app.licenseId !== known?.licenseId)
        problems.push({
          field: `${path}.apps[${index}].blocks.authorization.clientId`,
          message: `is ${clientId}, which belongs to an app of another organization of this server.`,
        });
    }
  }
  return problems;
}

/** Adds groups, accounts, and who belongs where. */
export async function addPeople(
  context: SeedContext,
  seed: SeedOrganization,
  hashes: ReadonlyMap<string, string>,
): Promise<SeededAccounts> {
  const { stores, licenseId, report, deps } = context;
  const { identity } = stores;
  const now = deps.clock.now();
  const groups = new Set((await identity.groups(licenseId)).map((group) => group.id));
  for (const group of [...(seed.groups ?? []), GENERAL_GROUP]) {
    if (groups.has(group.id)) continue;
    await identity.addGroup(licenseId, { id: group.id, name: cleanLine(group.name) }, now);
    groups.add(group.id);
    report.groups += 1;
  }
  const accounts = new Map<string, Account>();
  // Members are listed by when they came: a microsecond between them keeps the order of the seed.
  for (const [place, entry] of (seed.accounts ?? []).entries()) {
    const account = await addAccount(context, entry, hashes.get(keyOf(entry)), now + place);
    accounts.set(keyOf(entry), account);
    if (await identity.member(licenseId, account.id)) continue;
    const roles = rolesOf(entry);
    await identity.addMembership({
      licenseId,
      accountId: account.id,
      accountRole: roles.account,
      chatRole: roles.chat,
      suspendedAt: null,
      createdAt: now + place,
    });
    for (const id of new Set([GENERAL_GROUP.id, ...(entry.groups ?? [])]))
      await identity.addToGroup(licenseId, id, account.id);
    report.memberships += 1;
  }
  return accounts;
}

async function addAccount(
  { stores, deps, report }: SeedContext,
  entry: SeedAccount,
  passwordHash: string | undefined,
  now: number,
): Promise<Account> {
  const known = await find(stores, entry);
  if (known) return known;
  if (passwordHash === undefined)
    throw new Error(`the account ${entry.email} went while the seed was loaded`);
  const account: Account = {
    id: entry.id ?? deps.identifiers.uuid(),
    email: entry.email,
    name: cleanLine(entry.name ?? '') || (entry.email.split('@')[0] ?? entry.email),
    passwordHash,
    emailConfirmedAt: entry.email_confirmed === false ? null : now,
    createdAt: now,
  };
  if (!(await stores.identity.addAccount(account)))
    throw new Error(`the account ${entry.email} came meanwhile`);
  report.accounts += 1;
  return account;
}

async function find(stores: Stores, { id, email }: SeedAccount): Promise<Account | undefined> {
  const byId = id === undefined ? undefined : await stores.identity.account(id);
  return byId ?? stores.identity.accountByEmail(email);
}

export function keyOf({ email }: { email: string }): string {
  return email.toLowerCase();
}
