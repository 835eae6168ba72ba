import { describeRaces } from './describe_races.ts';

describeRaces('PostgreSQL, with two servers', 'postgres', 2);
