import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Call, type Command, CommandError, EXIT } from './command.ts';

const FILE = 'livechat.config.json';
const STEPS = ['pull', 'push', 'diff'] as const;
type Step = (typeof STEPS)[number];

interface Change {
  path: string;
  from: unknown;
  to: unknown;
}

export const app: Command = {
  name: 'app',
  summary: 'Keeps an app as a file beside its code: pull, push or diff its manifest.',
  operands: '<pull|push|diff>',
  details: [
    `The manifest is ${FILE}, with LiveChat's keys. \`pull\` writes it, \`diff\` shows what \`push\` would change, and`,
    '`push` changes it. Exit code 1 of `diff` means that there is a difference.',
    'It speaks to the running server, with a personal access token of an owner or administrator; `diff` and `push`',
    'need its scope organization--my:rw. Keep `<account_id>:<token>` in a file that only you can read.',
  ],
  options: {
    id: { value: '<app id>', description: 'The app; otherwise the `id` in the manifest.' },
    dir: { value: '<folder>', description: 'Where the manifest is; otherwise the current folder.' },
    server: { value: '<address>', description: 'The server; otherwise its --public-url.' },
    'token-file': { value: '<file>', description: 'Holds `<account_id>:<personal access token>`.' },
  },
  async run(call) {
    const [step, ...more] = call.operands;
    if (!isStep(step) || more.length > 0)
      throw new CommandError('Name what to do: pull, push or diff.', EXIT.misused);
    const file = join(call.value('dir') ?? '.', FILE);
    const api = connect(call);
    if (step === 'pull') return pull(call, api, file);
    const manifest = readManifest(file);
    const id = idOf(call, manifest);
    const { changes, version } = await api<{ changes: Change[]; version: number }>(
      'POST',
      `/apps/${encodeURIComponent(id)}/manifest/diff`,
      { manifest },
    );
    for (const change of changes) call.print(line(change));
    if (changes.length === 0) call.note('The app is as the manifest says.');
    if (step === 'diff') return changes.length === 0 ? EXIT.done : EXIT.failed;
    return changes.length === 0 ? EXIT.done : push(call, api, { id, manifest, version });
  },
};

function isStep(text: string | undefined): text is Step {
  return STEPS.some((step) => step === text);
}

type Api = <T>(method: string, path: string, body?: object) => Promise<T>;

async function pull(call: Call, api: Api, file: string): Promise<number> {
  const id = idOf(call, existsSync(file) ? readManifest(file) : {});
  const { manifest } = await api<{ manifest: object }>('GET', `/apps/${encodeURIComponent(id)}/manifest`);
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  call.note(`${file} is written.`);
  return EXIT.done;
}

async function push(
  call: Call,
  api: Api,
  { id, ...body }: { id: string; manifest: object; version: number },
): Promise<number> {
  const { client_secret: secret } = await api<{ client_secret?: string }>(
    'PUT',
    `/apps/${encodeURIComponent(id)}/manifest`,
    body,
  );
  call.note('The app is as the manifest says now.');
  if (secret !== undefined) {
    call.note('Its client secret follows. It is shown this once:');
    call.print(secret);
  }
  return EXIT.done;
}

function line({ path, from, to }: Change): string {
  const shown = (value: unknown) => JSON.stringify(value);
  return from === null ? `+ ${path}: ${shown(to)}` : `~ ${path}: ${shown(from)} → ${shown(to)}`;
}

function readManifest(file: string): { id?: unknown } {
  if (!existsSync(file))
    throw new CommandError(`${file} does not exist. \`gatehouse app pull --id <app id>\` writes it.`);
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  } catch {
    // Told below, as what is no object.
  }
  throw new CommandError(`${file} is not a JSON object.`);
}

function idOf(call: Call, manifest: { id?: unknown }): string {
  const id = call.value('id') ?? manifest.id;
  if (typeof id === 'string' && id !== '') return id;
  throw new CommandError(`Name the app by --id, or by \`id\` in ${FILE}.`, EXIT.misused);
}

function connect(call: Call): Api {
  const tokenFile = call.value('token-file');
  if (tokenFile === undefined)
    throw new CommandError(
      'Name a file with `<account_id>:<personal access token>` by --token-file.',
      EXIT.misused,
    );
  const token = readFileSync(tokenFile, 'utf8').trim();
  const named = call.value('server') ?? call.config.publicUrl;
  if (named === undefined) throw new CommandError('Name the server by --server.', EXIT.misused);
  const server = named.replace(/\/+$/, '');
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${server}/console/api${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(token).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new CommandError(
        `${server} does not answer: ${(error as Error).message}. Name the server by --server.`,
      );
    });
    const answer = (await response.json().catch(() => undefined)) as
      | (T & { error?: { message: string; fields?: { field: string; message: string }[] } })
      | undefined;
    if (response.ok && answer !== undefined) return answer;
    const told = answer?.error;
    const fields = (told?.fields ?? []).map(({ field, message }) => `\n  ${field}: ${message}`);
    throw new CommandError(`${told?.message ?? `The server answered ${response.status}.`}${fields.join('')}`);
  };
}
