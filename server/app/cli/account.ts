import { existsSync } from 'node:fs';
import { systemClock } from '../../kernel/clock.ts';
import { openDatabase, sqliteFile } from '../../storage/engine/open.ts';
import { openFiles } from '../../storage/files/open_files.ts';
import { type Composition, compose } from '../compose.ts';
import { presentSecretKey } from '../secret_key.ts';
import { serverSettings } from '../start.ts';
import { type Call, type Command, CommandError, EXIT } from './command.ts';
import { COMMAND_LINE } from './end_sessions.ts';

const ACTIONS = ['reset-password', 'clear-factors'] as const;

export const account: Command = {
  name: 'account',
  summary: 'Lets a person in again: reset-password, clear-factors.',
  operands: 'reset-password|clear-factors <e-mail>',
  details: [
    'reset-password  prints a link to a new password, good for an hour and for one use.',
    'clear-factors   takes two-step sign-in, recovery codes and passkeys away, and ends all sessions.',
    '',
    'Make sure that it is the right person who asks. Both may run beside the server, and are in the audit log.',
  ],
  options: {},
  async run(call) {
    const [action, email, ...more] = call.operands;
    const known = ACTIONS.find((candidate) => candidate === action);
    if (!known || email === undefined || more.length > 0)
      throw new CommandError(`Name one of ${ACTIONS.join(', ')}, and an e-mail.`, EXIT.misused);
    return onServer(call, async (composition) => {
      const done = await (known === 'reset-password' ? resetPassword : clearFactors)(
        call,
        composition,
        email,
      );
      if (!done) throw new CommandError(`There is no account with the e-mail ${JSON.stringify(email)}.`);
      return EXIT.done;
    });
  },
};

async function resetPassword(call: Call, { services }: Composition, email: string): Promise<boolean> {
  const made = await services.identity.passwords.linkFor(email, COMMAND_LINE);
  if (!made) return false;
  call.note(`Good for ${made.validMinutes} minutes and one use. Links that were made before are void.`);
  if (call.config.publicUrl === undefined)
    call.note(
      'PUBLIC_URL is not set: where the server is reached under another address, put that in its place.',
    );
  call.print(made.link);
  return true;
}

async function clearFactors(call: Call, { services, storage }: Composition, email: string): Promise<boolean> {
  const found = await storage.read.identity.accountByEmail(email);
  const was = found && (await services.identity.twoStep.clearFactors(found.id, COMMAND_LINE));
  if (!was) return false;
  call.note(
    `Gone: two-step sign-in (${was.twoStep ? 'was on' : 'was off'}), ${was.passkeys} passkeys, all sessions. The password is as it was.`,
  );
  return true;
}

/** The services on the data of a server that may be running. */
async function onServer(call: Call, work: (composition: Composition) => Promise<number>): Promise<number> {
  const { config } = call;
  const file = sqliteFile(config.databaseUrl);
  if (file !== undefined && !existsSync(file))
    throw new CommandError(`There is no database ${file}. Is --data-dir the server's?`);
  const secretKey = presentSecretKey(config);
  if (!secretKey) throw new CommandError(`There is no secret key in ${config.dataDir}.`);
  const database = openDatabase(config.databaseUrl);
  try {
    return await work(
      compose({
        database,
        secretKey,
        clock: systemClock(),
        settings: serverSettings(config),
        contents: openFiles(config.filesUrl, config.dataDir),
      }),
    );
  } finally {
    await database.close();
  }
}
