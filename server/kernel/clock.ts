/** Integer microseconds since the Unix epoch: the precision of every time on LiveChat's wire. */
export type Micros = number;

/** The only source of time. Injected everywhere, so that development mode and tests can move it. */
export interface Clock {
  now(): Micros;
}

export const MICROS_PER_SECOND = 1_000_000;

export function seconds(count: number): Micros {
  return count * MICROS_PER_SECOND;
}

export function minutes(count: number): Micros {
  return seconds(count * 60);
}

export function days(count: number): Micros {
  return seconds(count * 86_400);
}

/**
 * The machine's clock. `performance.now()` supplies the microseconds that `Date.now()` lacks, but it stands
 * still while the machine sleeps and does not notice when the time is set: past a second the wall clock counts.
 */
export function systemClock(sources = { wall: () => Date.now(), monotonic: () => performance.now() }): Clock {
  let origin = sources.wall() - sources.monotonic();
  return {
    now() {
      const elapsed = sources.monotonic();
      const wall = sources.wall();
      if (Math.abs(wall - origin - elapsed) > 1_000) origin = wall - elapsed;
      return Math.floor((origin + elapsed) * 1000);
    },
  };
}

/** A clock that can be moved forward, for development mode and tests; it keeps running meanwhile. */
export interface MovableClock extends Clock {
  advance(by: Micros): void;
  /** How far ahead of the base clock this one runs. */
  offset(): Micros;
  reset(): void;
}

export function movableClock(base: Clock = systemClock()): MovableClock {
  let offset = 0;
  return {
    now: () => base.now() + offset,
    advance: (by) => {
      offset += by;
    },
    offset: () => offset,
    reset: () => {
      offset = 0;
    },
  };
}
