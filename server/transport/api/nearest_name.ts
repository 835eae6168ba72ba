/** The name most alike to what was asked for, when it is near enough to be a slip of the hand. */
export function nearestName(asked: string, names: readonly string[]): string | undefined {
  const reach = Math.max(2, Math.floor(asked.length / 3));
  let best: string | undefined;
  let least = reach + 1;
  for (const name of names) {
    const distance = editDistance(asked.slice(0, 64), name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** Levenshtein, two rows. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
