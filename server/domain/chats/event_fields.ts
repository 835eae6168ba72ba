import type { FieldProblem } from '../../kernel/errors.ts';

/** What was found wrong with an event so far. */
export type Problems = FieldProblem[];

export function need(value: unknown, field: string, problems: Problems): void {
  if (value === undefined || value === '')
    problems.push({ field, message: 'is required for this type of event.' });
}

/** The values that are set. */
export function present(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
