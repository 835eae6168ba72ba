import { describeRaces } from './describe_races.ts';

// A quarter of the rounds: what goes wrong with one server goes wrong with two.
describeRaces('PostgreSQL', 'postgres', 1, 0.25);
