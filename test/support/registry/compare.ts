import {
  type DocumentedApi,
  type DocumentedMethod,
  declaredOf,
  referenceOf,
  servedElsewhere,
} from './reference.ts';
import { namesPath, pathsOf, type Schema } from './schema_paths.ts';

export interface Difference {
  api: DocumentedApi;
  method: string;
  kind:
    | 'missing key'
    | 'unknown key'
    | 'missing parameter'
    | 'own parameter'
    | 'optional here'
    | 'missing scope'
    | 'own scope';
  what: string;
}

export interface Coverage {
  declared: string[];
  notYet: string[];
  undocumented: string[];
  differences: Difference[];
}

/** Holds what is declared against what is documented. */
export function coverageOf(api: DocumentedApi): Coverage {
  const { methods, names } = referenceOf(api);
  const declared = declaredOf(api);
  const documented = new Set(methods.map(({ name }) => name));
  const known = new Set(names);
  const differences: Difference[] = [];
  for (const reference of methods) {
    const method = declared.get(reference.name);
    if (!method) continue;
    const add = (kind: Difference['kind'], found: readonly string[]) => {
      for (const what of found) differences.push({ api, method: method.name, kind, what });
    };
    const output = method.output as Schema;
    const input = method.input as Schema;
    const paths = new Set([...reference.keys, ...reference.structure_keys]);
    const parameters = reference.params.map(({ name }) => name);
    add(
      'missing key',
      reference.keys.filter((key) => !namesPath(output, key)),
    );
    add(
      'unknown key',
      pathsOf(output).filter((path) => !paths.has(path) && !known.has(lastName(path))),
    );
    add(
      'missing parameter',
      parameters.filter((name) => !namesPath(input, name)),
    );
    add(
      'own parameter',
      Object.keys(input.properties ?? {}).filter(
        (name) => name !== 'organization_id' && !parameters.some((one) => one.split(/[.[]/)[0] === name),
      ),
    );
    const required = reference.params.filter((one) => one.required && !/[.[]/.test(one.name));
    add(
      'optional here',
      required.map(({ name }) => name).filter((name) => !input.required?.includes(name)),
    );
    const parts = method.api === 'customer' ? [] : (method.partScopes ?? []);
    const scopes = [...scopesOf(method), ...parts];
    if (method.api !== 'customer') {
      add(
        'missing scope',
        reference.scopes.filter((scope) => !scopes.includes(scope)),
      );
      add(
        'own scope',
        scopes.filter((scope) => !reference.scopes.includes(scope)),
      );
    }
  }
  const elsewhere = servedElsewhere(api);
  const isServed = (name: string) => declared.has(name) || elsewhere.includes(name);
  return {
    declared: methods.map(({ name }) => name).filter(isServed),
    notYet: methods.map(({ name }) => name).filter((name) => !isServed(name)),
    undocumented: [...declared.keys()].filter((name) => !documented.has(name)),
    differences,
  };
}

export function scopesOf(method: DocumentedMethod): readonly string[] {
  return method.api === 'customer' ? [] : method.scopes;
}

function lastName(path: string): string {
  return path.replaceAll('[]', '').split('.').at(-1) ?? '';
}
