import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Stores } from '../storage.ts';
import { type InstallationEffect, installationEffects } from './installation_effects.ts';
import type { AppDetails, Client } from './records.ts';

const stores = {} as Stores;
const client = { clientId: 'c' } as Client;
const by = { licenseId: 1001, accountId: null, now: 0 };

describe('what the blocks of an app bring into an organization', () => {
  const told: string[] = [];
  const effect = (block: InstallationEffect['block'], names: string[]): InstallationEffect => ({
    block,
    bring: async (_, site) => void told.push(`bring ${block} ${site.client.clientId} ${site.licenseId}`),
    takeBack: async (_, site) => void told.push(`take ${block} ${site.licenseId}`),
    names: async () => names,
  });
  const effects = installationEffects([effect('properties', ['plan']), effect('bot_templates', [])]);

  it('comes in their order, and goes the other way round', async () => {
    await effects.installed(stores, { client } as AppDetails, by);
    await effects.uninstalled(stores, { client } as AppDetails, by);
    assert.deepEqual(told, [
      'bring properties c 1001',
      'bring bot_templates c 1001',
      'take bot_templates 1001',
      'take properties 1001',
    ]);
  });

  it('is nothing for an app without an Authorization block', async () => {
    const before = told.length;
    await effects.installed(stores, { client: undefined } as AppDetails, by);
    await effects.uninstalled(stores, { client: undefined } as AppDetails, by);
    assert.equal(told.length, before);
  });

  it('is named by block, without those that bring nothing', async () => {
    assert.deepEqual(await effects.contents(stores, client), [{ block: 'properties', names: ['plan'] }]);
  });
});
