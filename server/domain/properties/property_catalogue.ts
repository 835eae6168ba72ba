import type { Clock, Micros } from '../../kernel/clock.ts';
import { defaultProperties } from './default_properties.ts';
import type { Definitions, PropertyDefinition } from './definition.ts';
import type { PropertyStore } from './property_store.ts';

/** Definitions by namespace: those built in, and those of apps from memory. */
export interface PropertyCatalogue {
  /** Namespaces without a definition are left out. */
  of(namespaces: Iterable<string>): Promise<ReadonlyMap<string, Definitions>>;
  /** Grows with each forgetting. */
  revision(): number;
  forget(): void;
}

const CAPACITY = 5_000;

/** Client ids are 32 hex digits; what is not one need not be looked up. */
const CLIENT_ID = /^[0-9a-f]{32}$/;

export function isClientId(namespace: string): boolean {
  return CLIENT_ID.test(namespace);
}

/**
 * @param options.maxAge how long what was read is believed, asked each time
 */
export function propertyCatalogue(options: {
  store: Pick<PropertyStore, 'definitions'>;
  clock: Clock;
  maxAge(): Micros;
}): PropertyCatalogue {
  const { store, clock, maxAge } = options;
  const known = new Map<string, { definitions: Definitions; text: string; readAt: Micros }>();
  /** Grows with each forgetting: what was read before it must not be remembered after it. */
  let epoch = 0;

  async function read(namespace: string): Promise<Definitions> {
    const remembered = known.get(namespace);
    if (remembered && clock.now() - remembered.readAt < maxAge()) return remembered.definitions;
    const readAt = clock.now();
    const before = epoch;
    const found = await store.definitions(namespace);
    const text = JSON.stringify(found);
    // The same object as long as it says the same: what was made from it stays good.
    const definitions = remembered?.text === text ? remembered.definitions : byName(found);
    if (before === epoch) {
      if (known.size >= CAPACITY) known.clear();
      known.set(namespace, { definitions, text, readAt });
    }
    return definitions;
  }

  return {
    async of(namespaces) {
      const result = new Map<string, Definitions>();
      for (const namespace of namespaces) {
        const builtIn = defaultProperties.get(namespace);
        const definitions = builtIn ?? (isClientId(namespace) ? await read(namespace) : undefined);
        if (definitions && definitions.size > 0) result.set(namespace, definitions);
      }
      return result;
    },
    revision: () => epoch,
    forget() {
      epoch += 1;
      known.clear();
    },
  };
}

function byName(definitions: readonly PropertyDefinition[]): Definitions {
  return new Map(definitions.map((definition) => [definition.name, definition]));
}
