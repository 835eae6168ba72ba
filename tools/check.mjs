// Format and lint, types, and the direction of imports. `--fix` mends what can be mended.
import { spawnSync } from 'node:child_process';

const fix = process.argv.includes('--fix');
const bin = (path) => `node_modules/${path}`;
const steps = [
  [
    'format and lint',
    [bin('@biomejs/biome/bin/biome'), 'check', ...(fix ? ['--write'] : []), '--error-on-warnings', '.'],
  ],
  ['types of the server', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']],
  ['types of the Console', [bin('typescript/bin/tsc'), '-p', 'console/tsconfig.json', '--noEmit']],
  ['types of the inbox', [bin('typescript/bin/tsc'), '-p', 'inbox/tsconfig.json', '--noEmit']],
  ['types of the chat page', [bin('typescript/bin/tsc'), '-p', 'chat/tsconfig.json', '--noEmit']],
  ['direction of imports', ['tools/check_imports.mjs']],
];
let failed = 0;
for (const [name, argv] of steps) {
  const { status } = spawnSync(process.execPath, argv, { stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
