/** Lets one run end before the next begins, so that whoever waits for a run sees all that was there when they asked. */
export function serially(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.catch(() => {}).then(work);
    return last;
  };
}
