import { readFileSync } from 'node:fs';
import { loadSeed } from '../domain/seeding/seed_loader.ts';
import { isGatehouseError } from '../kernel/errors.ts';
import type { Composition } from './compose.ts';
import { type Config, ConfigError } from './config.ts';
import { demoSeed } from './demo/demo_seed.ts';

/** Loads the demo's data and the seed file; both change nothing when they were loaded before. */
export async function loadSeeds(config: Config, composition: Composition): Promise<void> {
  if (config.demo) await loadSeed(demoSeed, composition);
  if (config.seed === undefined) return;
  let seed: unknown;
  try {
    seed = JSON.parse(readFileSync(config.seed, 'utf8'));
  } catch (error) {
    throw new ConfigError(`--seed: ${config.seed} is not valid JSON: ${(error as Error).message}`);
  }
  try {
    await loadSeed(seed, composition);
  } catch (error) {
    if (!isGatehouseError(error) || error.code !== 'validation') throw error;
    const lines = error.fields.map(({ field, message }) => `  ${field}: ${message}`);
    throw new ConfigError([`--seed: ${config.seed} cannot be loaded. ${error.message}`, ...lines].join('\n'));
  }
}
