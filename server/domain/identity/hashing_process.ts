import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const IDLE_MILLISECONDS = 60_000;

/**
 * What the process runs. Its priority is low, which the threads that hash inherit: where cores are few, the
 * process that answers requests goes first. It ends with its channel, and so with its server, however that ends.
 */
const PROGRAM = `
const { hash, verify } = require(process.argv[1]);
const options = JSON.parse(process.argv[2]);
try { require('node:os').setPriority(10); } catch {}
process.on('message', ({ id, password, passwordHash }) => {
  const work = passwordHash === undefined ? hash(password, options) : verify(passwordHash, password);
  work.then((result) => process.send({ id, result }), () => process.send({ id }));
});
`;

/** `result` is missing when it could not be done. */
interface Answer {
  id: number;
  result?: string | boolean;
}

interface Running {
  child: ChildProcess;
  /** By the order's number. */
  waiting: Map<number, (answer: Omit<Answer, 'id'>) => void>;
  idle: NodeJS.Timeout | undefined;
}

export interface HashingProcess {
  hash(password: string): Promise<string>;
  verify(passwordHash: string, password: string): Promise<boolean>;
}

/**
 * Argon2id in a process of its own, begun with the first order and ended after a minute without any. Each hash
 * takes and gives back 19 MiB, and while the system does that, all threads of a process wait for each other:
 * on the server's own threads, a flood of logins made every answer ten times as slow.
 * The caller bounds how many orders there are at once.
 */
export function hashingProcess(): HashingProcess {
  let running: Running | undefined;
  let orders = 0;

  function begin(): Running {
    const library = createRequire(import.meta.url).resolve('@node-rs/argon2');
    const child = spawn(process.execPath, ['-e', PROGRAM, library, JSON.stringify(OPTIONS)], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {},
    });
    const begun: Running = { child, waiting: new Map(), idle: undefined };
    child.on('message', (message) => {
      const { id, ...answer } = message as Answer;
      begun.waiting.get(id)?.(answer);
    });
    // What breaks answers its orders, and the next one begins another.
    const gone = (): void => {
      forget(begun);
      for (const answer of begun.waiting.values()) answer({});
    };
    child.once('error', gone);
    child.once('exit', gone);
    return begun;
  }

  function forget(ending: Running): void {
    clearTimeout(ending.idle);
    if (running === ending) running = undefined;
  }

  /** Only work holds the server's process open, not one that waits for some. */
  function hold({ child }: Running, held: boolean): void {
    if (held) {
      child.ref();
      child.channel?.ref();
    } else {
      child.unref();
      child.channel?.unref();
    }
  }

  /** @throws Error when the process broke, or what is stored is no hash */
  async function run(order: { password: string; passwordHash?: string }): Promise<string | boolean> {
    running ??= begin();
    const used = running;
    const id = ++orders;
    clearTimeout(used.idle);
    hold(used, true);
    const { result } = await new Promise<Omit<Answer, 'id'>>((resolve) => {
      used.waiting.set(id, resolve);
      used.child.send({ ...order, id }, (error) => {
        if (error) resolve({});
      });
    });
    used.waiting.delete(id);
    if (used.waiting.size === 0 && running === used) {
      hold(used, false);
      used.idle = setTimeout(() => {
        forget(used);
        used.child.disconnect();
      }, IDLE_MILLISECONDS).unref();
    }
    if (result === undefined) throw new Error('A password could not be hashed or compared.');
    return result;
  }

  return {
    hash: async (password) => String(await run({ password })),
    verify: async (passwordHash, password) => (await run({ password, passwordHash })) === true,
  };
}
