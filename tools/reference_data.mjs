// Makes test/reference/*.json, names and keys alone, out of a reference that was gathered from LiveChat's public
// documents: node tools/reference_data.mjs <folder with methods.json and structures.json>
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the folder of the reference.');
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

const FILES = {
  'agent.web': 'agent',
  'customer.web': 'customer',
  configuration: 'configuration',
  accounts: 'accounts',
};
const structures = new Map(read('structures.json').map((one) => [one.id, one]));

/** The keys of a structure where it stands; samples may name more than tables do. */
function keysOf(id) {
  const found = structures.get(id);
  // Tables give an object of fields, or a list of such.
  const named = [found?.fields, found?.response].flatMap((fields) =>
    Array.isArray(fields) ? fields.map((one) => one.name ?? one) : Object.keys(fields ?? {}),
  );
  return [...named, ...(found?.sample_keys ?? [])].filter((key) => typeof key === 'string');
}

function responseKeys({ response_keys: keys = [], response_keys_table_only: more, response_refs: refs }) {
  const all = new Set([...keys, ...(more ?? [])]);
  const inside = new Set();
  for (const [place, ids] of Object.entries(refs ?? {}))
    for (const id of [ids].flat())
      for (const key of keysOf(id)) inside.add(place === '' ? key : `${place}.${key}`);
  return { keys: [...all], structure_keys: [...inside].filter((key) => !all.has(key)).sort() };
}

/** Every name that the documents use in an API's structures and calls; a key of another name is somebody's own. */
function namesOf(methods, prefixes) {
  const paths = [...structures.values()]
    .filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix)))
    .flatMap(({ id, request }) => [
      ...keysOf(id),
      ...(Array.isArray(request) ? request.map((one) => one.name ?? one) : Object.keys(request ?? {})),
    ]);
  const all = [
    ...paths,
    ...methods.flatMap(({ params, keys }) => [...params.map(({ name }) => name), ...keys]),
  ];
  return [...new Set(all.flatMap((path) => String(path).split(/[.[\]]+/)))]
    .filter((name) => /^\w+$/.test(name))
    .sort();
}

const STRUCTURES = {
  agent: ['agent.', 'customer.'],
  customer: ['agent.', 'customer.'],
  configuration: ['config.'],
  accounts: ['accounts.'],
};

for (const [api, file] of Object.entries(FILES)) {
  const methods = read('methods.json')
    // Of guides alone, the authorization endpoint is counted.
    .filter((one) => one.api === api && (one.kind !== 'guide-only' || api === 'accounts'))
    .map((one) => ({
      name: one.name,
      http: one.http,
      path: one.path,
      scopes: one.scopes,
      params: (one.params ?? []).map(({ name, required }) => ({ name, required: required === true })),
      root: one.response_root,
      ...responseKeys(one),
    }));
  const target = join(import.meta.dirname, '..', 'test', 'reference', `${file}.json`);
  writeFileSync(
    target,
    `${JSON.stringify({ api: file, methods, names: namesOf(methods, STRUCTURES[file]) })}\n`,
  );
  process.stdout.write(`${methods.length} methods in ${target}\n`);
}
