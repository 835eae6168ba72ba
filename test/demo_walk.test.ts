import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { demo } from '../server/app/demo/demo_seed.ts';
import { authorizeUrl, walkText } from '../server/app/demo/walk_text.ts';
import { openBrowser } from './support/browser_session.ts';
import { scratchFolder } from './support/scratch_folder.ts';
import { type SpawnedServer, spawnServer } from './support/spawned_server.ts';

interface Step {
  title: string;
  command: string;
}

/** What a reader pastes at each step: the indented blocks, by the words above them. */
function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  let title = '';
  let block: string[] = [];
  const flush = () => {
    if (block.length > 0) steps.push({ title, command: block.join('\n') });
    block = [];
  };
  for (const line of text.slice(text.indexOf('THE WALK')).split('\n')) {
    if (line.startsWith('    ') && !line.startsWith('     ')) block.push(line.slice(4));
    else if (line.startsWith('      ') && block.length > 0) block.push(line.slice(4));
    else {
      flush();
      if (line.trim() !== '') title = line.trim();
    }
  }
  flush();
  return steps;
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the walk that the demo prints', () => {
  let server: SpawnedServer;
  let steps: Step[];
  const folder = scratchFolder('demo');
  const command = (words: RegExp): string => {
    const found = steps.find(({ title }) => words.test(title));
    assert.ok(found, `there is a step ${words}`);
    return found.command;
  };
  before(async () => {
    server = await spawnServer({ dataDir: folder, flags: ['--demo'] });
    steps = stepsOf(walkText(server.url));
  });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is what the server says at its start', () => {
    assert.ok(server.output().includes(walkText(server.url)), server.output());
  });

  it('holds nothing that zsh would take otherwise than bash', () => {
    for (const { command: text } of steps) {
      assert.doesNotMatch(text, /!/, 'no history expansion');
      assert.doesNotMatch(text, /^\s*#/m, 'no comments, which zsh does not know at its prompt');
      assert.doesNotMatch(text.replace(/'[^']*'|"[^"]*"/g, ''), /[?*[\]~=]\S*[?*[\]]/, 'no bare patterns');
    }
  });

  async function freshCode(): Promise<string> {
    const browser = openBrowser(server.url);
    await browser.logIn(demo.owner.email, demo.password);
    const answer = await browser.get(authorizeUrl(server.url).slice(server.url.length));
    const [, code] = /[?&]code=([^&]+)/.exec(answer.location ?? '') ?? [];
    assert.match(code ?? '', /^dal%3A/, `authorization led to ${answer.location}`);
    assert.match(answer.location ?? '', /&state=walk$/);
    return code ?? '';
  }

  for (const shell of ['bash', 'zsh']) {
    const spelled = { skip: isThere(shell) && isThere('curl') ? false : `${shell} or curl is not installed` };
    it(`leads from a code to the chats when it is pasted into ${shell}`, spelled, async () => {
      const code = await freshCode();
      const script = [
        command(/between these quotes|works once/).replace("''", `'${code}'`),
        command(/Exchange the code/),
        command(/List chats/),
        "printf '\\n'",
        command(/new access token/),
        "printf '\\n'",
        command(/personal access token/),
      ].join('\n');
      const output = execFileSync(shell, ['-c', script], { encoding: 'utf8' });
      const [tokens, chats, refreshed, personal] = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.match(tokens.access_token, /^dal:/);
      assert.equal(tokens.organization_id, demo.organizationId);
      assert.equal(chats.chats_summary.length, 3);
      assert.ok(chats.found_chats >= 25);
      assert.notEqual(refreshed.access_token, tokens.access_token);
      assert.deepEqual(personal.chats_summary, chats.chats_summary);
    });
  }
});
