export type State = 'ok' | 'warn' | 'fail';

/** What one check found. */
export interface Finding {
  name: string;
  state: State;
  /** What was found. */
  message: string;
  /** What to do about it; nothing when all is well. */
  remedy?: string;
}

export const ok = (name: string, message: string): Finding => ({ name, state: 'ok', message });
export const warn = (name: string, message: string, remedy: string): Finding => ({
  name,
  state: 'warn',
  message,
  remedy,
});
export const fail = (name: string, message: string, remedy: string): Finding => ({
  name,
  state: 'fail',
  message,
  remedy,
});
