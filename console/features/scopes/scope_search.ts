import type { Scope } from '../../api/types.ts';

/** The methods of a scope whose name holds the text; for showing why a scope was found. */
export function methodsFound(scope: Scope, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted !== '' && scope.methods.some((method) => method.name.toLowerCase().includes(wanted));
}

/** The scopes in which every word of the text occurs: in id, title, consent phrase, group or a method's name. */
export function searchScopes(scopes: readonly Scope[], text: string): Scope[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return scopes.filter((scope) => {
    const methods = scope.methods.map((method) => method.name);
    const haystack = [scope.id, scope.title, scope.consent, scope.group, ...methods].join(' ').toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

/** In the catalogue's own order. */
export function groupScopes(scopes: readonly Scope[]): [group: string, scopes: Scope[]][] {
  const groups = new Map<string, Scope[]>();
  for (const scope of scopes) groups.set(scope.group, [...(groups.get(scope.group) ?? []), scope]);
  return [...groups];
}

/** Another chosen scope that already includes this one, if there is one. */
export function includedIn(
  scope: string,
  chosen: readonly string[],
  catalogue: readonly Scope[],
): Scope | undefined {
  return catalogue.find(
    (other) => other.id !== scope && chosen.includes(other.id) && other.implies.includes(scope),
  );
}
