import { type Config, ConfigError } from '../config.ts';
import { checkDatabase } from '../doctor/check_database.ts';
import { checkDisk, checkFiles, checkFolder, checkSecretKey } from '../doctor/check_folder.ts';
import { checkMail, checkPort, checkPublicUrl } from '../doctor/check_network.ts';
import { type Finding, fail, ok } from '../doctor/finding.ts';
import { type Call, type Command, EXIT } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Looks at configuration, data folder, database, clock and network, and says what to do.',
  details: [
    'It changes nothing, and may run beside the server. Each line is ok, warn or FAIL; one FAIL makes the exit',
    'code 1. Every page of a SQLite database is read: about two seconds a gigabyte.',
  ],
  options: { json: { description: 'One JSON object instead of lines, for monitoring.' } },
  async run(call) {
    const findings = await examine(call);
    const healthy = findings.every(({ state }) => state !== 'fail');
    if (call.has('json')) call.print(JSON.stringify({ healthy, findings }, null, 2));
    else for (const finding of findings) call.print(line(finding));
    return healthy ? EXIT.done : EXIT.failed;
  },
};

async function examine(call: Call): Promise<Finding[]> {
  let config: Config;
  try {
    config = call.config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [fail('configuration', error.message, '`gatehouse start --help` lists the settings.')];
  }
  return [
    ok('configuration', `can be read; Node ${process.versions.node}`),
    checkFolder(config),
    checkSecretKey(config),
    checkFiles(config),
    checkDisk(config),
    ...(await checkDatabase(config)),
    await checkPort(config),
    checkPublicUrl(config),
    await checkMail(config),
  ];
}

function line({ name, state, message, remedy }: Finding): string {
  const head = `${(state === 'fail' ? 'FAIL' : state).padEnd(6)}${name.padEnd(15)}${message}`;
  return remedy === undefined ? head : `${head}\n${' '.repeat(21)}→ ${remedy}`;
}
