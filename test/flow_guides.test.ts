import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { commandsOf, type GuideCommand, guideText } from './support/guide_blocks.ts';
import { scratchFolder } from './support/scratch_folder.ts';
import { type SpawnedServer, spawnServer } from './support/spawned_server.ts';

const WRITTEN_FOR = 'http://localhost:8080';
const run = promisify(execFile);

/** Pages whose commands are pasted after those of "Prepare your shell". */
const GUIDES = [
  'authorization-code',
  'javascript-apps',
  'implicit',
  'refresh-tokens',
  'token-status',
  'personal-access-tokens',
  'bots',
  'devices',
  'pushed-requests',
  'resource-indicators',
  'standard-oauth',
  'openid-connect',
  'customer-tokens',
  'people-and-roles',
  'domains',
  'saml',
  'dynamic-registration',
  'security-settings',
  'developer-tools',
  // Holds the organization to Strict for a moment.
  'profiles',
];

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
const missing = ['bash', 'curl', 'openssl'].filter((program) => !isThere(program));

/** Numbers and texts that are others at each run. */
const VARYING = new Set(['user_code', 'iat', 'exp', 'auth_time', 'client_id_issued_at']);

/** Holds an answer against the one that the guide shows, in which "…" stands for anything. */
function compare(shown: unknown, given: unknown, name: string): void {
  if (typeof shown === 'string') {
    assert.equal(typeof given, 'string', `${name} is ${JSON.stringify(given)}`);
    if (!VARYING.has(name)) assert.match(given as string, pattern(shown), name);
  } else if (Array.isArray(shown)) {
    assert.ok(Array.isArray(given), name);
    for (const [index, one] of shown.entries()) compare(one, given[index], `${name}[${index}]`);
  } else if (typeof shown === 'object' && shown !== null) {
    const actual = given as Record<string, unknown>;
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(shown).sort(), `members of ${name}`);
    for (const [member, one] of Object.entries(shown)) compare(one, actual[member], member);
  } else if (name === 'expires_in' && typeof given === 'number') {
    assert.ok(Math.abs(given - (shown as number)) < 60, `${name} is ${given}`);
  } else if (!VARYING.has(name)) assert.equal(given, shown, name);
}

function pattern(shown: string): RegExp {
  const escaped = shown.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('…', '[^\\n]*')}$`);
}

describe('the commands of the guides', { skip: missing.length > 0 && `no ${missing.join()}` }, () => {
  let server: SpawnedServer;
  let written: Map<string, string[]>;
  const folder = scratchFolder('flow-guides');
  before(async () => {
    server = await spawnServer({ dataDir: folder, flags: ['--demo'] });
    written = await pasteAll();
  });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The text for the server of this test; waiting is done by its clock. */
  const here = (text: string): string =>
    text
      .replaceAll(WRITTEN_FOR, server.url)
      .replaceAll(encodeURIComponent(WRITTEN_FOR), encodeURIComponent(server.url))
      .replace(/^sleep (\d+)$/m, (_, seconds) => {
        const body = JSON.stringify({ advance_seconds: Number(seconds) });
        return `curl -s -o /dev/null ${server.url}/dev/clock -H 'content-type: application/json' -d '${body}'`;
      });

  /**
   * Pastes the commands that prepare the shell, and after them each guide in a shell that goes on from there.
   * @returns what each command wrote, by its guide
   */
  async function pasteAll(): Promise<Map<string, string[]>> {
    const marked = (commands: readonly GuideCommand[]) =>
      commands.map(({ text }) => `${here(text)}\nprintf '@@end@@\\n'\n`).join('');
    const guides = GUIDES.map(
      (name) => `(\n${marked(commandsOf(guideText(name)))})\nprintf '@@guide@@\\n'\n`,
    );
    const script = `${marked(commandsOf(guideText('flows')))}printf '@@guide@@\\n'\n${guides.join('')}`;
    const { stdout, stderr } = await run('bash', ['--norc', '-u', '-c', script], { timeout: 300_000 });
    assert.equal(stderr, '');
    const outputs = stdout.split('@@guide@@\n').map((one) => one.split('@@end@@\n'));
    return new Map(['flows', ...GUIDES].map((name, index) => [name, outputs[index] ?? []]));
  }

  for (const name of ['flows', ...GUIDES])
    it(`work by copy and paste, and answer what is shown: ${name}`, () => {
      const commands = commandsOf(guideText(name));
      assert.ok(commands.length > 0);
      for (const [index, { answer, line }] of commands.entries()) {
        const output = (written.get(name)?.[index] ?? '').trim();
        try {
          if (answer?.language === 'json')
            compare(JSON.parse(here(answer.text)), JSON.parse(output), 'answer');
          else if (answer) assert.match(output, pattern(here(answer.text)));
          else assert.doesNotMatch(output, /^\{"error"/m);
        } catch (error) {
          throw new Error(`docs/${name}.md:${line} answered\n${output}`, { cause: error });
        }
      }
    });
});
