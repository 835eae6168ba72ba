const made = new WeakSet<object>();

/** Marks an answer that tells of something new: it goes out with 201 where the method's own status is 200. */
export function created<T extends object>(answer: T): T {
  made.add(answer);
  return answer;
}

export function isCreated(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && made.has(answer);
}
