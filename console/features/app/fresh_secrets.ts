import { useSyncExternalStore } from 'react';

/**
 * Client secrets that were made in this tab and not put away yet. They live in memory only: after a reload
 * nobody can see them again, and nothing is ever written to the browser's storage.
 */
interface FreshSecret {
  secret: string;
  copied: boolean;
}

let secrets: ReadonlyMap<string, FreshSecret> = new Map();
const listeners = new Set<() => void>();

function change(appId: string, next: FreshSecret | null): void {
  const copy = new Map(secrets);
  if (next) copy.set(appId, next);
  else copy.delete(appId);
  secrets = copy;
  for (const listener of listeners) listener();
}

// Closing or reloading the tab would lose a secret that was not copied yet.
window.addEventListener('beforeunload', (event) => {
  if ([...secrets.values()].some((shown) => !shown.copied)) event.preventDefault();
});

export const freshSecrets = {
  show: (appId: string, secret: string): void => change(appId, { secret, copied: false }),
  markCopied(appId: string): void {
    const shown = secrets.get(appId);
    if (shown) change(appId, { ...shown, copied: true });
  },
  putAway: (appId: string): void => change(appId, null),
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The newest secret of an app while it may still be seen. */
export function useFreshSecret(appId: string): FreshSecret | undefined {
  return useSyncExternalStore(subscribe, () => secrets.get(appId));
}
