export type ActionApiName = 'agent' | 'customer' | 'configuration';
export type Payload = Record<string, unknown>;

/** How one version says a method otherwise than the next one towards the stable version. Nothing is changed in place. */
export interface Change {
  request?(input: Payload): Payload;
  answer?(answer: Payload): Payload;
}

export type Wording = Partial<Record<ActionApiName, Record<string, Change>>>;

/** The same with another name for a member, in its old place. */
export function renamed(payload: Payload, from: string, to: string): Payload {
  if (!Object.hasOwn(payload, from)) return payload;
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key === from ? to : key, value]));
}

/** The same with something else for a member, where it is there and an object. */
export function within(payload: Payload, member: string, change: (inner: Payload) => Payload): Payload {
  const inner = payload[member];
  return isObject(inner) ? { ...payload, [member]: change(inner) } : payload;
}

/** The same with something else for each object of a list. */
export function eachOf(payload: Payload, member: string, change: (item: Payload) => Payload): Payload {
  const list = payload[member];
  if (!Array.isArray(list)) return payload;
  return { ...payload, [member]: list.map((item: unknown) => (isObject(item) ? change(item) : item)) };
}

export function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
