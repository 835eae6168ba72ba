import { describeRaces } from './describe_races.ts';

describeRaces('PostgreSQL', 'postgres', 1);
