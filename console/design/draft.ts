import { useCallback, useState } from 'react';
import { equal } from './equal.ts';

export interface Draft<T> {
  values: T;
  /** What the draft started from. */
  base: T;
  change: (patch: Partial<T>) => void;
  dirty: boolean;
  /** Somebody else saved something different meanwhile: what they saved. Null when there is no conflict. */
  theirs: T | null;
  /** Drops what was typed and takes what is saved. */
  takeTheirs: () => void;
  /** Keeps what was typed; the next save writes over what the other one saved. */
  keepMine: () => void;
  /** After a save: `sent` went out, `answer` is what the server keeps. What was typed since stays. */
  settle: (sent: T, answer: T) => void;
}

/**
 * The typed state of a form whose saved state may change under it. While nothing is typed it follows what is
 * saved. Once something is typed, a change from outside never replaces it: it becomes `theirs`, for the
 * person to decide.
 */
export function useDraft<T extends object>(saved: T): Draft<T> {
  const [base, setBase] = useState(saved);
  const [values, setValues] = useState(saved);

  const movedOn = !equal(saved, base);
  const clean = equal(values, base);
  const agree = equal(saved, values);
  if (movedOn && (clean || agree)) {
    // Nothing to lose: follow at once. Setting state while rendering restarts this render only.
    setBase(saved);
    setValues(saved);
  }

  const change = useCallback((patch: Partial<T>) => setValues((now) => ({ ...now, ...patch })), []);
  return {
    values,
    base,
    change,
    dirty: !clean && !agree,
    theirs: movedOn && !clean && !agree ? saved : null,
    takeTheirs: () => {
      setBase(saved);
      setValues(saved);
    },
    keepMine: () => setBase(saved),
    settle: (sent, answer) => {
      setBase(answer);
      setValues((now) => (equal(now, sent) ? answer : now));
    },
  };
}
