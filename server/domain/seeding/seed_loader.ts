import type { Organization } from '../identity/records.ts';
import { readSeed, refuse } from './read_seed.ts';
import { addApps, addPersonalAccessTokens } from './seed_apps.ts';
import { addChats, addCustomers, addSampleChats } from './seed_chats.ts';
import { emptyReport, type SeedContext, type SeedDeps, type SeedReport } from './seed_deps.ts';
import { addOrganization, addPeople, passwordHashes, takenIds } from './seed_people.ts';
import type { SeedOrganization } from './seed_schema.ts';

export type { SeedDeps, SeedReport };

/**
 * Adds what a seed names and the database lacks. What is there already, found by id, e-mail, client id or
 * name, stays as it is, so that a second load changes nothing. Something that somebody deleted since (an
 * app, a personal access token) is lacking, and comes back.
 *
 * A seed that cannot be loaded is refused before anything is written. Each organization is one unit of work;
 * its customers and chats follow, each in one of its own.
 * @param input parsed JSON; see `seed_schema.ts`
 * @throws GatehouseError `validation`, one problem for each wrong value, named by its JSON path
 */
export async function loadSeed(input: unknown, deps: SeedDeps): Promise<SeedReport> {
  const seed = readSeed(input);
  const { hashes, problems } = await passwordHashes(seed, deps);
  refuse([...problems, ...(await takenIds(seed, deps))]);
  const report = emptyReport();
  for (const organization of seed.organizations) await loadOrganization(organization, hashes, deps, report);
  return report;
}

async function loadOrganization(
  seed: SeedOrganization,
  hashes: ReadonlyMap<string, string>,
  deps: SeedDeps,
  report: SeedReport,
): Promise<void> {
  const { organization, added } = await deps.storage.write(async (stores) => {
    // A unit may run again from its start, so that it counts for itself.
    const counted = emptyReport();
    const found = await addOrganization(stores, seed, deps, counted);
    const context = { stores, deps, licenseId: found.licenseId, report: counted };
    const accounts = await addPeople(context, seed, hashes);
    await addApps(context, seed, accounts);
    await addPersonalAccessTokens(context, seed, accounts);
    if (Object.values(counted).some((count) => count > 0)) await audit(context, found, counted);
    return { organization: found, added: counted };
  });
  for (const [name, count] of Object.entries(added)) report[name as keyof SeedReport] += count;
  await addCustomers(seed, organization, deps, report);
  await addChats(seed, organization, deps, report);
  await addSampleChats(seed, organization, deps, report);
}

async function audit(
  { stores, deps }: SeedContext,
  organization: Organization,
  added: SeedReport,
): Promise<void> {
  const entry = {
    licenseId: organization.licenseId,
    accountId: null,
    clientId: null,
    action: 'organization.seeded' as const,
    detail: Object.fromEntries(Object.entries(added).filter(([, count]) => count > 0)),
    ip: '',
    requestId: '',
  };
  await stores.identity.addAuditEntry(deps.identifiers.key(), entry, deps.clock.now());
}
