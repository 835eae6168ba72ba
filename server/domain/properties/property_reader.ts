import type { Properties } from '../../wire/properties.ts';
import { defaultProperties } from './default_properties.ts';
import {
  type Definitions,
  isOfType,
  mayUse,
  type PropertyCaller,
  type PropertyLocation,
} from './definition.ts';

/** What one caller may see of properties, for the namespaces it was made for. */
export interface PropertyReader {
  /** The values that the caller may see; the same object where that is all of them. */
  show(location: PropertyLocation, properties: Properties): Properties;
  /** May the caller see this property? */
  knows(location: PropertyLocation, namespace: string, name: string): boolean;
  /** Readers of the same kind with the same tag see the same of these namespaces. */
  tag(namespaces: Iterable<string>): string;
}

/** Definitions are told apart by when they were first met. */
const numbers = new WeakMap<Definitions, number>();
let lastNumber = 0;

function numberOf(definitions: Definitions): number {
  const known = numbers.get(definitions);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(definitions, lastNumber);
  return lastNumber;
}

/** A value that is no longer of its property's type is not shown: whoever reads it relies on the type. */
export function propertyReader(
  caller: PropertyCaller,
  catalogue: ReadonlyMap<string, Definitions>,
): PropertyReader {
  return {
    show(location, properties) {
      let hidden = false;
      const shown: Properties = {};
      for (const [namespace, values] of Object.entries(properties)) {
        const definitions = catalogue.get(namespace) ?? defaultProperties.get(namespace);
        const entries = Object.entries(values);
        const visible = entries.filter(([name, value]) => {
          const definition = definitions?.get(name);
          return (
            definition && mayUse(definition, caller, location, 'read') && isOfType(definition.type, value)
          );
        });
        if (visible.length < entries.length) hidden = true;
        if (visible.length > 0) shown[namespace] = Object.fromEntries(visible);
      }
      return hidden ? shown : properties;
    },
    knows(location, namespace, name) {
      const definition = (catalogue.get(namespace) ?? defaultProperties.get(namespace))?.get(name);
      return definition !== undefined && mayUse(definition, caller, location, 'read');
    },
    tag(namespaces) {
      const registered = [...namespaces].filter((namespace) => !defaultProperties.has(namespace));
      if (registered.length === 0) return caller.user;
      const seen = registered.map((namespace) => {
        const definitions = catalogue.get(namespace);
        return `${namespace === caller.clientId ? 'own ' : ''}${definitions ? numberOf(definitions) : 0}`;
      });
      return `${caller.user} ${seen.join(',')}`;
    },
  };
}
