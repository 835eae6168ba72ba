import assert from 'node:assert/strict';
import type { Arena, RaceAnswer, RaceRequest } from './arena.ts';

/** Requests of one round. */
export const RUNNERS = 50;
/** Rounds that run at once: their requests meet each other, too. */
const ROUNDS_AT_ONCE = 5;

/** Set for a nightly run: 200. */
const NIGHTLY = process.env.RACE_ROUNDS;
const ORDINARY_ROUNDS = 20;

export interface Round {
  /** All sent in the same moment, in this order. */
  requests: RaceRequest[];
  /** Looks at the answers, in the order of the requests, and at what became of it all. */
  judge(answers: RaceAnswer[]): Promise<void> | void;
}

/** Something that many want at once. */
export interface Race {
  /** A sentence: what holds. */
  title: string;
  /** Where a round is dear: how many the ordinary run has, of 20, and why. */
  ordinaryRounds?: { count: number; because: string };
  /** Passwords are hashed in a queue of 66, past which everybody is refused with 503: rounds do not share it. */
  alone?: true;
  /** Makes what is raced for. Rounds are prepared at the same time, and know nothing of each other. */
  prepare(arena: Arena, round: number): Promise<Round>;
}

/** @param share of the rounds that an ordinary run has, where others show more */
export function roundsOf({ ordinaryRounds }: Race, share = 1): number {
  if (NIGHTLY !== undefined) return Number(NIGHTLY);
  return Math.ceil((ordinaryRounds?.count ?? ORDINARY_ROUNDS) * share);
}

export interface RaceResult {
  rounds: number;
  requests: number;
  /** The answer that took longest, in milliseconds. */
  slowest: number;
}

/**
 * Runs all rounds, some at a time, with their requests interleaved, so that each round's are all on the way when
 * the first is answered.
 * @throws AssertionError when a round's judge is not content, or a request had no answer or one of 5xx
 */
export async function run(race: Race, arena: Arena, rounds: number): Promise<RaceResult> {
  const result: RaceResult = { rounds, requests: 0, slowest: 0 };
  const atOnce = race.alone ? 1 : ROUNDS_AT_ONCE;
  for (let first = 0; first < rounds; first += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, rounds - first) }, (_, i) => first + i);
    const prepared = await Promise.all(numbers.map((number) => race.prepare(arena, number)));
    const answers: Promise<RaceAnswer>[][] = prepared.map(() => []);
    const begun = performance.now();
    for (let lane = 0; lane < RUNNERS; lane++)
      for (const [index, { requests }] of prepared.entries()) {
        const request = requests[lane];
        assert.ok(request, 'a round has fifty requests');
        answers[index]?.push(arena.send(request));
      }
    for (const [index, { judge }] of prepared.entries()) {
      const answered = await Promise.all(answers[index] ?? []);
      result.slowest = Math.max(result.slowest, performance.now() - begun);
      for (const { status, text } of answered)
        assert.ok(status > 0 && status < 500, `a request was answered with ${status}: ${text.slice(0, 500)}`);
      result.requests += answered.length;
      await judge(answered);
    }
  }
  return result;
}

/** The same request for everybody. */
export const fifty = (request: (lane: number) => RaceRequest): RaceRequest[] =>
  Array.from({ length: RUNNERS }, (_, lane) => request(lane));

/**
 * Exactly one got it; all others were told so.
 * @param won what the winner is answered
 * @param lost the statuses that losers may see
 * @returns the winner's answer
 */
export function oneWinner(
  answers: readonly RaceAnswer[],
  won: (answer: RaceAnswer) => boolean,
  lost: readonly number[],
): RaceAnswer {
  const winners = answers.filter(won);
  assert.equal(winners.length, 1, `${winners.length} of ${answers.length} won: ${statuses(answers)}`);
  for (const answer of answers)
    if (!won(answer))
      assert.ok(lost.includes(answer.status), `a loser saw ${answer.status}: ${statuses(answers)}`);
  return winners[0] as RaceAnswer;
}

/** How often each status came. */
export function statuses(answers: readonly RaceAnswer[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${status} × ${count}`).join(', ');
}

/** More than the second within which servers follow each other, for a machine that is busy. */
const PATIENCE_MILLISECONDS = 10_000;

/** Asks again until it holds: what one server did, the other follows within a second. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  while (!(await holds())) assert.ok(performance.now() < end, `it did not come to be: ${what}`);
}
