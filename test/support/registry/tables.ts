import { readFileSync, writeFileSync } from 'node:fs';
import { effectiveScopes, satisfy, scopeSet } from '../../../server/oauth/scopes.ts';
import {
  accountRoles,
  chatRoles,
  type ScopeId,
  scopeCatalogue,
} from '../../../server/wire/scope_catalogue.ts';
import { scopesOf } from './compare.ts';
import { type DocumentedApi, declaredOf, documentedApis, referenceOf, servedElsewhere } from './reference.ts';

const root = new URL('../../../', import.meta.url);
const GUIDE = new URL('docs/compatibility.md', root);
const NOT_YET = new URL('test/registry/not_yet.json', root);
const SCOPES = new URL('test/registry/scopes.txt', root);

/** What to do when one of these files is behind the declarations. */
export const RENEW = 'Run `npm run registry-tables`, then read what changed before you commit it.';

const marked = (api: string) => new RegExp(`(<!-- methods of ${api} -->\n)([\\s\\S]*?)(\n<!-- end -->)`);
const HEAD = ['| Method | Served | Notes |', '| --- | --- | --- |'];

/**
 * Each method of an API: whole, in part or not. What a person wrote of a method stays; a method without a row
 * gets one, and those that are not served share the last.
 */
function renewedTable(api: DocumentedApi, table: string): string {
  const served = new Set([...declaredOf(api).keys(), ...servedElsewhere(api)]);
  const rows = table
    .split('\n')
    .slice(HEAD.length)
    .filter((row) => !/\| not \|/.test(row));
  const methodsIn = (row: string) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1] ?? '');
  const told = new Set(rows.flatMap(methodsIn));
  for (const name of told)
    if (!served.has(name))
      throw new Error(`The guide says that ${name} of ${api} is served; it is not declared.`);
  const fresh = [...served].filter((name) => !told.has(name));
  const absent = referenceOf(api).methods.filter(({ name }) => !served.has(name));
  const last = absent.map(({ name }) => `\`${name}\``).join(', ');
  return [
    ...HEAD,
    ...rows,
    ...fresh.map((name) => `| \`${name}\` | wholly | |`),
    ...(last === '' ? [] : [`| ${last} | not | |`]),
  ].join('\n');
}

/** The guide with its tables as they should be. */
export function renewedGuide(guide: string): string {
  return documentedApis.reduce((text, api) => {
    if (!marked(api).test(text)) throw new Error(`The guide has no place for the methods of ${api}.`);
    return text.replace(
      marked(api),
      (_, begin: string, table: string, end: string) => begin + renewedTable(api, table) + end,
    );
  }, guide);
}

/**
 * Which scope opens which method for whom, and how far. One line for each method and scope; a role is
 * `<accounts role>/<chat role>`. Scopes that open nothing of a method have no line.
 */
export function scopesTable(): string {
  const lines: string[] = [];
  for (const api of documentedApis)
    for (const method of declaredOf(api).values()) {
      const wanted = scopesOf(method) as readonly ScopeId[];
      if (method.api === 'customer') continue;
      const anybody = method.api === 'accounts' && method.open === true;
      if (wanted.length === 0) lines.push(`${api} ${method.name}: ${anybody ? 'open' : 'any token'}`);
      for (const { id } of scopeCatalogue) {
        const byScope = new Map<string, string[]>();
        for (const account of accountRoles)
          for (const chat of chatRoles) {
            const held = effectiveScopes(scopeSet([id]), { account, chat });
            const opened = satisfy(held, wanted);
            if (opened === undefined) continue;
            byScope.set(opened, [...(byScope.get(opened) ?? []), `${account}/${chat}`]);
          }
        for (const [opened, roles] of byScope) {
          const who =
            roles.length === accountRoles.length * chatRoles.length ? 'every role' : roles.join(' ');
          lines.push(`${api} ${method.name}: ${id}${opened === id ? '' : ` as ${opened}`}: ${who}`);
        }
      }
    }
  return `${lines.join('\n')}\n`;
}

export const read = {
  guide: (): string => readFileSync(GUIDE, 'utf8'),
  notYet: (): Record<DocumentedApi, string[]> => JSON.parse(readFileSync(NOT_YET, 'utf8')),
  scopes: (): string => readFileSync(SCOPES, 'utf8'),
};

/** Writes what follows from the declarations; the list of what is not there yet only shrinks. */
export function renewTables(): void {
  writeFileSync(GUIDE, renewedGuide(read.guide()));
  writeFileSync(SCOPES, scopesTable());
  const left = Object.fromEntries(
    documentedApis.map((api) => [api, read.notYet()[api].filter((name) => !declaredOf(api).has(name))]),
  );
  writeFileSync(NOT_YET, `${JSON.stringify(left, null, 2)}\n`);
}
