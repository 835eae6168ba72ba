import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { PropertyDefinition } from '../../domain/properties/definition.ts';
import type { PropertyStore } from '../../domain/properties/property_store.ts';
import type { Storage } from '../../domain/storage.ts';
import { NOW } from './samples.ts';

function definition(over: Partial<PropertyDefinition> = {}): PropertyDefinition {
  return {
    namespace: randomBytes(16).toString('hex'),
    name: 'plan',
    type: 'string',
    access: { chat: { agent: ['read', 'write'] }, license: { customer: ['read'] } },
    description: 'Ünder which plan',
    domain: ['gold', 'free'],
    range: null,
    defaultValue: 'free',
    publicAccess: null,
    ...over,
  };
}

/** What every engine must do for properties that apps define, and for values of organizations and groups. */
eachEngine((engine) => {
  describe('the property store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const write = <T>(unit: (store: PropertyStore) => Promise<T>) =>
      storage.write(({ properties }) => unit(properties));
    const add = (one: PropertyDefinition, licenseId = 1001) =>
      write((store) => store.addDefinition(licenseId, one, NOW));

    it('keeps definitions as they were added, by name, each once', async () => {
      const { properties } = storage.read;
      const plan = definition();
      const count = definition({
        namespace: plan.namespace,
        name: 'count',
        type: 'int',
        domain: null,
        range: { from: 1 },
        defaultValue: null,
        description: null,
      });
      assert.equal(await add(plan), true);
      assert.equal(await add(count), true);
      assert.equal(await add({ ...plan, type: 'bool' }), false);
      assert.deepEqual(await properties.definitions(plan.namespace), [count, plan]);
      assert.deepEqual(await properties.definitionsWithDefault(1001), [plan]);
      assert.deepEqual(await properties.definitionsWithDefault(1002), []);
      assert.deepEqual(await properties.definitions('nobody'), []);
    });

    it('publishes and removes for the owner alone, and what is published for nobody', async () => {
      const plan = definition({ defaultValue: null });
      const { namespace, name } = plan;
      await add(plan);
      assert.equal(await write((store) => store.publishDefinition(1002, namespace, name, ['read'])), false);
      assert.equal(await write((store) => store.removePrivateDefinition(1002, namespace, name)), false);
      const tries = await Promise.all(
        Array.from({ length: 5 }, () =>
          write((store) => store.publishDefinition(1001, namespace, name, ['read', 'write'])),
        ),
      );
      assert.equal(tries.filter(Boolean).length, 1);
      assert.equal(await write((store) => store.removePrivateDefinition(1001, namespace, name)), false);
      const { properties } = storage.read;
      assert.deepEqual((await properties.definitions(namespace))[0]?.publicAccess, ['read', 'write']);
      const other = definition({ defaultValue: null });
      await add(other);
      assert.equal(
        await write((store) => store.removePrivateDefinition(1001, other.namespace, other.name)),
        true,
      );
      assert.deepEqual(await properties.definitions(other.namespace), []);
    });

    it('keeps values apart by organization and group, the last one set', async () => {
      const { properties } = storage.read;
      await write((store) => store.setValues(7, null, { test: { a: 1, b: 'x' }, app: { c: true } }, NOW));
      await write((store) => store.setValues(7, null, { test: { a: 2 } }, NOW));
      await write((store) => store.setValues(7, 0, { test: { a: 3 } }, NOW));
      await write((store) => store.setValues(8, null, { test: { a: 4 } }, NOW));
      const values = async (groups: (number | null)[]) =>
        (await properties.values(7, groups)).map(({ groupId, namespace, name, value }) => [
          groupId,
          `${namespace}.${name}`,
          value,
        ]);
      assert.deepEqual(await values([null]), [
        [null, 'app.c', true],
        [null, 'test.a', 2],
        [null, 'test.b', 'x'],
      ]);
      assert.deepEqual((await values([0, null])).length, 4);
      await write((store) => store.removeValues(7, null, { test: ['b', 'never set'], app: ['c'] }));
      assert.deepEqual(await values([0, null]), [
        [null, 'test.a', 2],
        [0, 'test.a', 3],
      ]);
      assert.equal((await properties.values(8, [null])).length, 1);
    });

    it('tells all values of an organization, and drops those of one group', async () => {
      const { properties } = storage.read;
      await write((store) => store.setValues(9, null, { test: { a: 1 } }, NOW));
      await write((store) => store.setValues(9, 2, { test: { a: 2, b: false } }, NOW));
      await write((store) => store.setValues(9, 3, { test: { a: 3 } }, NOW));
      await write((store) => store.setValues(10, 2, { test: { a: 4 } }, NOW));
      assert.equal((await properties.allValues(9)).length, 4);
      await write((store) => store.removeGroupValues(9, 2));
      assert.deepEqual(await properties.allValues(9), [
        { groupId: null, namespace: 'test', name: 'a', value: 1 },
        { groupId: 3, namespace: 'test', name: 'a', value: 3 },
      ]);
      assert.equal((await properties.allValues(10)).length, 1);
    });
  });
});
