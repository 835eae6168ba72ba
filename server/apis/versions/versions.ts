import { notIn34, said34 } from './v3_4.ts';
import { notIn35, said35 } from './v3_5.ts';
import { notIn37, said37 } from './v3_7.ts';
import type { ActionApiName, Payload, Wording } from './wording.ts';

/** Of the action APIs, the oldest first. The methods are declared in the words of the stable one. */
export const apiVersions = ['3.4', '3.5', '3.6', '3.7'] as const;
export type ApiVersion = (typeof apiVersions)[number];
export const STABLE_VERSION = '3.6' satisfies ApiVersion;

/**
 * The header that an answer of a version carries, with the day on which its stage ends (docs: messaging, API
 * lifecycle). The stable version and the preview carry none.
 */
export const lifecycleHeaders: Partial<Record<ApiVersion, { name: string; until: string }>> = {
  '3.4': { name: 'deprecation', until: '2027-06-30' },
  '3.5': { name: 'legacy', until: '2028-06-30' },
};

/** From a version towards the stable one: each step knows the next only. */
const steps: Record<ApiVersion, readonly Wording[]> = {
  '3.4': [said34, said35],
  '3.5': [said35],
  '3.6': [],
  '3.7': [said37],
};

const absent: Record<ApiVersion, readonly Record<ActionApiName, readonly string[]>[]> = {
  '3.4': [notIn34, notIn35],
  '3.5': [notIn35],
  '3.6': [],
  '3.7': [notIn37],
};

/** Was the method there in that version? One that came later, or went, is not. */
export function isInVersion(version: ApiVersion, api: ActionApiName, name: string): boolean {
  return absent[version].every((list) => !list[api].includes(name));
}

export interface VersionMapper {
  /** From the version's words into the stable one's. Takes what came, before anything was checked. */
  request(input: Payload): Payload;
  /** From the stable version's words into the version's. */
  answer(answer: unknown): unknown;
}

/** Undefined where the version says it as the stable one does. */
export function versionMapper(
  version: ApiVersion,
  api: ActionApiName,
  name: string,
): VersionMapper | undefined {
  const changes = steps[version].flatMap((wording) => wording[api]?.[name] ?? []);
  if (changes.length === 0) return undefined;
  return {
    request: (input) => changes.reduce((said, change) => change.request?.(said) ?? said, input),
    answer: (answer) =>
      isPayload(answer)
        ? changes.reduceRight((said: Payload, change) => change.answer?.(said) ?? said, answer)
        : answer,
  };
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
