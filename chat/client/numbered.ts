/** Things that have no name of their own and never change their places, with a name for each place. */
export function numbered<T>(items: readonly T[]): { id: string; item: T }[] {
  return items.map((item, at) => ({ id: String(at), item }));
}
