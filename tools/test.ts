// Runs the tests and closes with one line that counts them. With arguments: only files whose path contains one.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../test/support/postgres_server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const files = [
  'server/**/*.test.ts',
  'test/**/*.test.ts',
  '{console,chat,inbox}/**/*.test.ts',
  'bench/**/*.test.ts',
]
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort(longestFirst)
  .map((file) => join(root, file));

/** The walks in a browser take longest: begun last, they would keep everybody waiting. */
function longestFirst(a: string, b: string): number {
  const rank = (file: string): number => (file.includes('browser') ? 0 : file.startsWith('test/') ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

const postgres = await startPostgres();
process.env.TEST_POSTGRES_URL = postgres.url;

const counts = { passed: 0, failed: 0, skipped: 0 };
const skipReasons = new Map<string, number>();
// The long runs of races and crashes take as long as they are made.
const isLong = process.env.RACE_ROUNDS !== undefined || process.env.CRASH_ROUNDS !== undefined;
const timeout = (isLong ? 3 * 3600 : 300) * 1000;
const stream = run({ files, concurrency: 3, isolation: 'process', timeout });
stream.on('test:pass', (event) => {
  if (event.details.type === 'suite') return;
  if (event.skip === undefined || event.skip === false) counts.passed += 1;
  else {
    counts.skipped += 1;
    const reason = typeof event.skip === 'string' && event.skip !== '' ? event.skip : 'without a reason';
    skipReasons.set(reason, (skipReasons.get(reason) ?? 0) + 1);
  }
});
stream.on('test:fail', (event) => {
  // A file or suite fails with its tests, which were counted already.
  const inherited = (event.details.error as { failureType?: string }).failureType === 'subtestsFailed';
  if (!inherited) counts.failed += 1;
});
await new Promise<void>((resolve) => {
  stream.on('end', resolve);
  stream.compose(spec()).pipe(process.stdout, { end: false });
});
await postgres.stop();

for (const [reason, count] of skipReasons) process.stdout.write(`\n${count} skipped: ${reason}\n`);
if (files.length === 0) process.stdout.write('\nNo test file matches.\n');
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
// Where everything must be there, what was left out was not shown.
const complete = counts.skipped === 0 || process.env.REQUIRE_BROWSER !== '1';
if (!complete) process.stdout.write('Skipped tests count as failures here (REQUIRE_BROWSER=1).\n');
process.exit(counts.failed === 0 && counts.passed > 0 && complete ? 0 : 1);
