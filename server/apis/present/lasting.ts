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

/** Bytes of lasting answers that were given out again. */
const bytes = new WeakMap<object, Buffer>();

/** An answer as it is sent. One that lasts is made into bytes when it is asked for a second time. */
export function renderAnswer(answer: unknown): string | Buffer {
  const known = typeof answer === 'object' && answer !== null ? texts.get(answer) : undefined;
  if (known === undefined) return stringifyAnswer(answer);
  const ready = bytes.get(answer as object);
  if (ready) return ready;
  const text = known ?? stringifyAnswer(answer);
  if (known === null) texts.set(answer as object, text);
  else bytes.set(answer as object, Buffer.from(text));
  return text;
}

function textOf(value: unknown): string {
  const known = typeof value === 'object' && value !== null ? texts.get(value) : undefined;
  if (typeof known === 'string') return known;
  // As JSON.stringify has it for what is no JSON inside an array.
  const text = JSON.stringify(value) ?? 'null';
  if (known === null) texts.set(value as object, text);
  return text;
}
