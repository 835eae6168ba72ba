/** JSON of structures that are given out again and again; null until it is first asked for. */
const texts = new WeakMap<object, string | null>();

/** Marks a structure that is never changed, so that its JSON is made once. */
export function lasting<T extends object>(value: T): T {
  texts.set(value, null);
  return value;
}

/** `JSON.stringify` of an answer, with the ready texts of lasting structures in its lists. */
export function stringifyAnswer(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return JSON.stringify(answer);
  const parts: string[] = [];
  for (const [key, value] of Object.entries(answer)) {
    const text = Array.isArray(value) ? `[${value.map(textOf).join(',')}]` : JSON.stringify(value);
    if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${parts.join(',')}}`;
}

function textOf(value: unknown): string {
  const known = typeof value === 'object' && value !== null ? texts.get(value) : undefined;
  if (typeof known === 'string') return known;
  // As JSON.stringify has it for what is no JSON inside an array.
  const text = JSON.stringify(value) ?? 'null';
  if (known === null) texts.set(value as object, text);
  return text;
}
