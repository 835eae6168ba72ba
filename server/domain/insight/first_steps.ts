import type { Clock, Micros } from '../../kernel/clock.ts';
import type { Storage } from '../storage.ts';
import { serially } from './serially.ts';

/** Of an organization's first app, what only happens at run time; what is set up can be read from the apps. */
export const firstSteps = ['code', 'token', 'list_chats'] as const;
export type FirstStep = (typeof firstSteps)[number];

/** Where a step is told: kept in memory, so that nobody waits for it. */
export interface StepTeller {
  reached(licenseId: number, step: FirstStep): void;
}

export interface FirstSteps extends StepTeller {
  /** Writes what was told since the last time. */
  flush(): Promise<void>;
  /** When each step was first taken. */
  of(licenseId: number): Promise<ReadonlyMap<FirstStep, Micros>>;
}

/** Organizations whose steps are remembered, so that all but the first cost a look into memory. */
const REMEMBERED = 10_000;

export function firstStepsOf({ storage, clock }: { storage: Storage; clock: Clock }): FirstSteps {
  const told = new Map<number, Set<FirstStep>>();
  let queue: { licenseId: number; step: FirstStep; reachedAt: Micros }[] = [];

  return {
    reached(licenseId, step) {
      const steps = told.get(licenseId);
      if (steps?.has(step)) return;
      if (steps) steps.add(step);
      else {
        if (told.size >= REMEMBERED) told.clear();
        told.set(licenseId, new Set([step]));
      }
      queue.push({ licenseId, step, reachedAt: clock.now() });
    },
    flush: serially(async () => {
      if (queue.length === 0) return;
      const taken = queue;
      queue = [];
      try {
        await storage.write((stores) => stores.insight.addFirstSteps(taken));
      } catch (error) {
        queue.push(...taken);
        throw error;
      }
    }),
    async of(licenseId) {
      const steps = new Map(await storage.read.insight.firstSteps(licenseId));
      for (const { step, reachedAt, ...each } of queue)
        if (each.licenseId === licenseId && !steps.has(step)) steps.set(step, reachedAt);
      return steps;
    },
  };
}
