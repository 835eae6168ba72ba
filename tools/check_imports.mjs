// The arrows between folders (docs/architecture.md) and the absence of circles, read from the import lines.
// The tools made for this parse TypeScript with the compiler's JavaScript interface, which version 7 no
// longer has; the sources import in one plain way only, so that reading the lines is enough.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Each folder of server/ may know only what is listed. */
const ARROWS = {
  kernel: [],
  wire: ['kernel'],
  oauth: ['kernel', 'wire'],
  domain: ['kernel', 'wire', 'oauth'],
  storage: ['kernel', 'wire', 'oauth', 'domain'],
  pages: ['kernel', 'wire', 'oauth'],
  apis: ['kernel', 'wire', 'oauth', 'domain'],
  transport: ['kernel', 'wire', 'oauth', 'domain', 'apis', 'pages'],
  app: ['kernel', 'wire', 'oauth', 'domain', 'storage', 'apis', 'pages', 'transport'],
};
/** What the web pages may know beside themselves. A test beside them may know more. */
const WEB_PAGES = {
  console: ['tools'],
  chat: ['tools'],
  inbox: ['tools', 'chat', 'console'],
};
/** Packages that stay in one folder. */
const HOMES = [
  [/^(fastify|@fastify\/)/, 'server/transport/'],
  [/^(kysely|pg|node:sqlite)$/, 'server/storage/'],
];
const IMPORT =
  /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gm;
const isTest = (file) => /\.(test|conformance)\.ts$|\/conformance\/|_test_setup\.ts$/.test(file);

const files = globSync([
  'server/**/*.ts',
  '{console,chat,inbox}/**/*.{ts,tsx}',
  'test/**/*.ts',
  'bench/**/*.ts',
]).map(normalize);
const problems = [];
/** Imports that are there at run time, between files of ours. */
const graph = new Map();
let count = 0;

for (const file of files) {
  const edges = [];
  for (const [, type, from, bare, dynamic] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const target = from ?? bare ?? dynamic;
    count += 1;
    if (!target.startsWith('.')) checkPackage(file, target);
    else {
      const resolved = normalize(join(dirname(file), target));
      checkArrow(file, resolved);
      if (!type) edges.push(resolved);
    }
  }
  graph.set(file, edges);
}

function checkPackage(file, target) {
  if (!file.startsWith('server/') || isTest(file)) return;
  for (const [pattern, home] of HOMES)
    if (pattern.test(target) && !file.startsWith(home)) problems.push(`${file}: ${target} stays in ${home}`);
}

function checkArrow(file, target) {
  const [top, layer] = file.split('/');
  const [targetTop, targetLayer] = target.split('/');
  if (top in WEB_PAGES && targetTop !== top && !WEB_PAGES[top].includes(targetTop))
    problems.push(`${file}: ${top}/ knows nothing of ${target}`);
  if (top !== 'server' || isTest(file)) return;
  if (targetTop !== 'server') problems.push(`${file}: the server knows nothing of ${target}`);
  else if (layer !== targetLayer && !ARROWS[layer]?.includes(targetLayer))
    problems.push(`${file}: server/${layer} may not import server/${targetLayer} (${target})`);
}

/** Depth first: an edge back to a file that is still open closes a circle. */
const done = new Set();
const open = [];
function visit(file) {
  if (done.has(file)) return;
  const at = open.indexOf(file);
  if (at !== -1) {
    problems.push(`circle: ${[...open.slice(at), file].join(' → ')}`);
    return;
  }
  open.push(file);
  for (const next of graph.get(file) ?? []) visit(next);
  open.pop();
  done.add(file);
}
for (const file of files) visit(file);

// A check that read nothing would pass for ever.
if (files.length < 100 || count < 500)
  problems.push(`only ${count} imports in ${files.length} files were found`);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${count} imports in ${files.length} files, ${problems.length} wrong\n`);
process.exit(problems.length === 0 ? 0 : 1);
