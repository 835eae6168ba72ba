import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { EngineName } from '../support/databases.ts';
import { type Arena, openArena } from './arena.ts';
import { orphans } from './orphans.ts';
import { roundsOf, run } from './race.ts';
import { races, sparesNeeded } from './scenarios/index.ts';

/**
 * All races against servers that run as processes of their own, on one database.
 * @param share of the ordinary rounds
 */
export function describeRaces(where: string, engine: EngineName, servers: number, share = 1): void {
  describe(`fifty at once, over sockets, on ${where}`, () => {
    let arena: Arena;
    before(async () => {
      arena = await openArena(engine, servers, {
        people: Math.max(...races.map((race) => roundsOf(race))),
        spares: sparesNeeded,
      });
    });
    after(() => arena?.close());

    for (const race of races)
      it(race.title, async (context: TestContext) => {
        const begun = performance.now();
        const { rounds, requests, slowest } = await run(race, arena, roundsOf(race, share));
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        const few = race.ordinaryRounds
          ? ` (ordinarily ${race.ordinaryRounds.count}: ${race.ordinaryRounds.because})`
          : '';
        context.diagnostic(
          `${rounds} rounds${few}, ${requests} requests, slowest answer ${Math.round(slowest)} ms, ${seconds} s with preparation`,
        );
      });

    it('nothing half-done is left in the database', async () => {
      for (const [what, question] of Object.entries(orphans)) {
        const found = await arena.query(question);
        assert.deepEqual(found.slice(0, 3), [], `there is ${what}`);
      }
    });
  });
}
