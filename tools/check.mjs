// Format and lint, types, and the direction of imports. `--fix` mends what can be mended.
import { spawnSync } from 'node:child_process';

const fix = process.argv.includes('--fix');
const bin = (path) => `node_modules/${path}`;
// What was checked before is looked at again only where it changed.
const types = (project) => [
  bin('typescript/bin/tsc'),
  ...['-p', project, '--noEmit', '--incremental'],
  ...['--tsBuildInfoFile', bin(`.cache/types/${project.replaceAll('/', '-')}.tsbuildinfo`)],
];
const steps = [
  [
    'format and lint',
    [bin('@biomejs/biome/bin/biome'), 'check', ...(fix ? ['--write'] : []), '--error-on-warnings', '.'],
  ],
  ['types of the server', types('tsconfig.json')],
  ['types of the Console', types('console/tsconfig.json')],
  ['types of the inbox', types('inbox/tsconfig.json')],
  ['types of the chat page', types('chat/tsconfig.json')],
  ['direction of imports', ['tools/check_imports.mjs']],
];
let failed = 0;
for (const [name, argv] of steps) {
  const { status } = spawnSync(process.execPath, argv, { stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
