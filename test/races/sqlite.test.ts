import { describeRaces } from './describe_races.ts';

describeRaces('SQLite', 'sqlite', 1);
