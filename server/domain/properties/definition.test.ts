import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import type { PropertyValue } from '../../wire/properties.ts';
import { defaultProperties } from './default_properties.ts';
import { mayUse, type PropertyCaller, type PropertyDefinition, valueProblem } from './definition.ts';
import { type NewProperty, readDefinition } from './definition_rules.ts';
import { propertyReader } from './property_reader.ts';
import { needUsable } from './property_uses.ts';

const APP = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);
const property: NewProperty = {
  name: 'plan',
  type: 'string',
  access: { chat: { agent: ['read', 'write'], customer: ['read'] }, license: { agent: ['read'] } },
};
const caller = (user: 'agent' | 'customer', clientId: string | null = APP): PropertyCaller => ({
  user,
  clientId,
});
const catalogue = (...definitions: PropertyDefinition[]) =>
  new Map([[APP, new Map(definitions.map((one) => [one.name, one]))], ...defaultProperties]);
const code = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    assert.ok(isGatehouseError(error), String(error));
    return error.code;
  }
  return undefined;
};

describe('the default properties', () => {
  it('are the 106 that are documented, each with a place', () => {
    const all = [...defaultProperties.values()].flatMap((named) => [...named.values()]);
    assert.equal(all.length, 106);
    for (const one of all) assert.ok(Object.keys(one.access).length > 0, one.name);
    assert.deepEqual(defaultProperties.get('rating')?.get('score'), {
      namespace: 'rating',
      name: 'score',
      type: 'int',
      access: {
        event: { agent: ['read'], customer: ['read', 'write'] },
        thread: { agent: ['read'], customer: ['read', 'write'] },
        chat: { agent: ['read'], customer: ['read', 'write'] },
      },
      description: null,
      domain: [0, 1],
      range: null,
      defaultValue: null,
      publicAccess: ['read', 'write'],
    });
    assert.deepEqual(defaultProperties.get('routing')?.get('ignore_bots')?.access, {
      thread: { customer: ['write'] },
    });
  });
});

describe('a value', () => {
  const free = { domain: null, range: null };
  const cases: [string, Parameters<typeof valueProblem>[0], PropertyValue, boolean][] = [
    ['an int', { type: 'int', ...free }, 2 ** 31 - 1, true],
    ['the least int', { type: 'int', ...free }, -(2 ** 31), true],
    ['more than 32 bits', { type: 'int', ...free }, 2 ** 31, false],
    ['a fraction', { type: 'int', ...free }, 1.5, false],
    ['a number as text', { type: 'int', ...free }, '1', false],
    ['text', { type: 'string', ...free }, '', true],
    ['a number for text', { type: 'string', ...free }, 1, false],
    ['longer text', { type: 'tokenized_string', ...free }, 'a b', true],
    ['true', { type: 'bool', ...free }, true, true],
    ['1 for true', { type: 'bool', ...free }, 1, false],
    ['one of the domain', { type: 'int', domain: [1, 2], range: null }, 2, true],
    ['none of the domain', { type: 'int', domain: [1, 2], range: null }, 3, false],
    ['the lower bound', { type: 'int', domain: null, range: { from: 1, to: 3 } }, 1, true],
    ['the upper bound', { type: 'int', domain: null, range: { to: 3 } }, 3, true],
    ['below the range', { type: 'int', domain: null, range: { from: 1 } }, 0, false],
    ['above the range', { type: 'int', domain: null, range: { to: 3 } }, 4, false],
  ];
  for (const [what, definition, value, possible] of cases)
    it(`is ${possible ? 'taken' : 'refused'}: ${what}`, () =>
      assert.equal(valueProblem(definition, value) === undefined, possible));
});

describe('a definition', () => {
  it('is private, and bounded where it was told to be', () => {
    const made = readDefinition(APP, { ...property, domain: ['gold', 'free'], default_value: 'free' });
    assert.equal(made.publicAccess, null);
    assert.deepEqual([made.namespace, made.domain, made.defaultValue], [APP, ['gold', 'free'], 'free']);
  });

  const bad: [string, Partial<NewProperty>, string][] = [
    ['of no name', { name: '' }, 'name'],
    ['of no place', { access: {} }, 'access'],
    ['for nobody', { access: { chat: {} } }, 'access.chat'],
    ['without a right', { access: { chat: { agent: [] } } }, 'access.chat.agent'],
    ['of an empty domain', { domain: [] }, 'domain'],
    ['with a domain of another type', { domain: ['a', 1] }, 'domain[1]'],
    ['with a range for text', { range: { from: 1 } }, 'range'],
    ['with an empty range', { type: 'int', range: { from: 2, to: 1 } }, 'range'],
    ['with a range of no bounds', { type: 'int', range: {} }, 'range'],
    ['with a default value outside its domain', { domain: ['a'], default_value: 'b' }, 'default_value'],
    [
      'with a default value for chats',
      { access: { chat: { agent: ['read'] } }, default_value: 'x' },
      'default_value',
    ],
    ['with a NUL in its description', { description: 'a\u0000' }, 'description'],
  ];
  for (const [what, change, field] of bad)
    it(`is refused ${what}`, () =>
      assert.throws(
        () => readDefinition(APP, { ...property, ...change }),
        (error) => isGatehouseError(error) && error.fields[0]?.field === field,
      ));

  it('gives each side its rights, and other apps what was published', () => {
    const own = readDefinition(APP, property);
    assert.equal(mayUse(own, caller('agent'), 'chat', 'write'), true);
    assert.equal(mayUse(own, caller('customer'), 'chat', 'write'), false);
    assert.equal(mayUse(own, caller('customer'), 'chat', 'read'), true);
    assert.equal(mayUse(own, caller('agent'), 'thread', 'read'), false);
    assert.equal(mayUse(own, caller('agent', OTHER), 'chat', 'read'), false);
    assert.equal(mayUse(own, caller('agent', null), 'chat', 'read'), false);
    const published: PropertyDefinition = { ...own, publicAccess: ['read'] };
    assert.equal(mayUse(published, caller('agent', null), 'chat', 'read'), true);
    assert.equal(mayUse(published, caller('agent', OTHER), 'chat', 'write'), false);
    assert.equal(mayUse(published, caller('agent'), 'chat', 'write'), true);
  });

  it('decides what may be written, and says why not', () => {
    const own = readDefinition(APP, property);
    const published: PropertyDefinition = { ...own, name: 'open', publicAccess: ['read'] };
    const use = (
      who: PropertyCaller,
      values: Record<string, Record<string, PropertyValue>>,
      place = 'chat' as const,
    ) => code(() => needUsable(who, catalogue(own, published), place, { values }, 'properties', 'write'));
    assert.equal(use(caller('agent'), { [APP]: { plan: 'gold', open: 'x' } }), undefined);
    assert.equal(use(caller('agent'), { [APP]: { plan: 1 } }), 'validation');
    assert.equal(use(caller('agent'), { [APP]: { nothing: 'x' } }), 'validation');
    assert.equal(use(caller('agent'), { unknown: { plan: 'x' } }), 'validation');
    assert.equal(use(caller('customer'), { [APP]: { plan: 'gold' } }), 'authorization');
    // What is private does not exist for others.
    assert.equal(use(caller('agent', OTHER), { [APP]: { plan: 'gold' } }), 'validation');
    assert.equal(use(caller('agent', OTHER), { [APP]: { open: 'gold' } }), 'authorization');
    assert.equal(use(caller('agent'), { rating: { score: 1 } }), 'authorization');
    assert.equal(use(caller('customer'), { rating: { score: 1 } }), undefined);
    assert.equal(use(caller('customer'), { rating: { score: 2 } }), 'validation');
    const places = () =>
      needUsable(
        caller('agent'),
        catalogue(own),
        'thread',
        { names: { [APP]: ['plan'] } },
        'properties',
        'write',
      );
    assert.throws(places, /cannot be kept with a thread, only with: license, chat/);
  });

  it('decides what is shown: nothing that is hidden, undefined or of another type by now', () => {
    const own = readDefinition(APP, property);
    const values = { [APP]: { plan: 'gold', gone: 1 }, other: { x: 1 }, test: { int_property: 1 } };
    const shown = (who: PropertyCaller) => propertyReader(who, catalogue(own)).show('chat', values);
    assert.deepEqual(shown(caller('agent')), { [APP]: { plan: 'gold' }, test: { int_property: 1 } });
    assert.deepEqual(shown(caller('agent', OTHER)), { test: { int_property: 1 } });
    const reader = propertyReader(caller('agent'), catalogue(own));
    assert.deepEqual(reader.show('chat', { [APP]: { plan: 7 } }), {});
    const whole = { [APP]: { plan: 'free' } };
    assert.equal(reader.show('chat', whole), whole);
    assert.notEqual(reader.tag([APP]), propertyReader(caller('agent', OTHER), catalogue(own)).tag([APP]));
    assert.equal(reader.tag(['test']), propertyReader(caller('agent', OTHER), catalogue()).tag(['test']));
  });
});
