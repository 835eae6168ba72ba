import { boundedQueue } from '../../kernel/bounded_queue.ts';
import { hashingProcess } from './hashing_process.ts';

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(passwordHash: string, password: string): Promise<boolean>;
  /** Spends the time of a comparison for an account that does not exist, so that the answer does not tell. */
  verifyNothing(password: string): Promise<false>;
  statistics(): { running: number; waiting: number };
}

/**
 * Hashing is heavy on purpose. A few run at once, in a process that gives way; the others wait in a bounded queue,
 * and what does not fit is refused at once, so that a flood of logins never slows down token checks.
 */
export function passwordHasher(limits = { concurrent: 2, waiting: 64 }): PasswordHasher {
  let decoy: Promise<string> | undefined;
  const hashing = hashingProcess();

  const queue = boundedQueue({
    ...limits,
    busy: 'Too many people are logging in at this moment. Please try again.',
  });

  return {
    hash: (password) => queue.run(() => hashing.hash(normalize(password))),
    verify: (passwordHash, password) => queue.run(() => hashing.verify(passwordHash, normalize(password))),
    async verifyNothing(password) {
      decoy ??= queue
        .run(() => hashing.hash('an account that does not exist'))
        .catch((error: unknown) => {
          // Not remembered: otherwise unknown accounts would be told apart by it from then on.
          decoy = undefined;
          throw error;
        });
      const passwordHash = await decoy;
      await queue.run(() => hashing.verify(passwordHash, normalize(password)));
      return false;
    },
    statistics: queue.statistics,
  };
}

/** The same password typed on two keyboards may differ in Unicode form (NIST SP 800-63B §5.1.1.2). */
function normalize(password: string): string {
  return password.normalize('NFKC');
}
