import { migrations } from '../../storage/migrations/list.ts';
import { packageVersion } from '../start.ts';
import { type Command, EXIT } from './command.ts';

export const version: Command = {
  name: 'version',
  summary: 'Prints the version, the runtime and the level of the tables.',
  details: [],
  options: {},
  async run({ print }) {
    print(`gatehouse ${packageVersion()}`);
    print(`node ${process.versions.node}`);
    print(`tables ${migrations.at(-1)?.name}`);
    return EXIT.done;
  },
};
