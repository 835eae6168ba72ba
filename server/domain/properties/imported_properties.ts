import type { FieldProblem } from '../../kernel/errors.ts';
import type { Properties } from '../../wire/properties.ts';
import { defaultProperties } from './default_properties.ts';
import { type PropertyLocation, propertyLocations, valueProblem } from './definition.ts';
import { isClientId } from './property_catalogue.ts';

/**
 * What is wrong with properties that are written beside the APIs, as by a seed. Whose they are does not matter there,
 * but nobody would ever see one that is not defined. Those of apps are shown once the app has registered them.
 * @param field where they stand, for the problems
 */
export function importProblems(
  location: PropertyLocation,
  properties: Properties | undefined,
  field: string,
): FieldProblem[] {
  return Object.entries(properties ?? {}).flatMap(([namespace, values]) => {
    if (isClientId(namespace)) return [];
    const definitions = defaultProperties.get(namespace);
    if (!definitions) {
      const message =
        'is neither a Client Id nor one of the default namespaces. "test" has properties to try.';
      return [{ field: `${field}.${namespace}`, message }];
    }
    return Object.entries(values).flatMap(([name, value]) => {
      const at = `${field}.${namespace}.${name}`;
      const definition = definitions.get(name);
      if (!definition)
        return [
          {
            field: at,
            message: `is not a property of this namespace: ${[...definitions.keys()].join(', ')}.`,
          },
        ];
      if (!definition.access[location]) {
        const places = propertyLocations.filter((place) => definition.access[place]);
        return [
          { field: at, message: `cannot be kept with a ${location}, only with: ${places.join(', ')}.` },
        ];
      }
      const message = valueProblem(definition, value);
      return message === undefined ? [] : [{ field: at, message }];
    });
  });
}
