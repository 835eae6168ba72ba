/**
 * What happens when the session ends while somebody is typing: calls that were refused wait here until the
 * person has logged in again in another tab, then they are sent once more. Nothing typed is lost.
 */

type Outcome = 'resumed' | 'given_up';

let waiting: ((outcome: Outcome) => void)[] = [];
const listeners = new Set<() => void>();

function announce(): void {
  for (const listener of listeners) listener();
}

export const sessionGate = {
  /** Waits for the person to log in again, or to give up. */
  wait(): Promise<Outcome> {
    return new Promise((resolve) => {
      waiting = [...waiting, resolve];
      announce();
    });
  },
  /** Lets every waiting call go on, or fail. */
  open(outcome: Outcome): void {
    const released = waiting;
    waiting = [];
    for (const release of released) release(outcome);
    announce();
  },
  /** True while at least one call waits. */
  isClosed: (): boolean => waiting.length > 0,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
