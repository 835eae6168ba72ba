import { Resolver } from 'node:dns/promises';
import type { ResolveTxt } from '../../domain/sign_in_rules/domains.ts';
import { boundedQueue } from '../../kernel/bounded_queue.ts';

const PATIENCE_MILLISECONDS = 3_000;
const MOST_RECORDS = 50;
const LONGEST_NAME = 253;

/** The name is not there, or has no such record. Anything else is a name server that could not be asked. */
const NOT_THERE: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Asks the DNS for TXT records, as the machine is set up. Few at a time, and not for long: the names are others'
 * choice, and so are the name servers that are asked in the end. No connection is made to what a name points to.
 */
export function dnsTxt(): ResolveTxt {
  const queue = boundedQueue({
    concurrent: 4,
    waiting: 100,
    busy: 'Too many domains are looked up just now.',
  });
  return (name) =>
    queue.run(async () => {
      if (name.length > LONGEST_NAME) return { kind: 'records', records: [] };
      const resolver = new Resolver({ timeout: PATIENCE_MILLISECONDS, tries: 2 });
      try {
        return { kind: 'records', records: (await resolver.resolveTxt(name)).slice(0, MOST_RECORDS) };
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        return NOT_THERE.has(code) ? { kind: 'records', records: [] } : { kind: 'no_answer' };
      }
    });
}
