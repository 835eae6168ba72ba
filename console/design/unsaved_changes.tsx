import { useBlocker } from '@tanstack/react-router';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react';
import { useTexts } from '../texts/texts.ts';
import { useConfirm } from './confirm.tsx';

interface Guard {
  /** `text` says what would be lost; null: nothing. */
  set: (id: string, text: string | null) => void;
  /** True when nothing would be lost, or the person agrees. */
  mayLeave: () => Promise<boolean>;
}

const GuardContext = createContext<Guard>({ set: () => {}, mayLeave: () => Promise.resolve(true) });

/** Asks before a page with unsaved work is left, by a link, the browser's buttons, or closing the tab. */
export function UnsavedChangesProvider({ children }: { children: ReactNode }) {
  const texts = useTexts();
  const confirm = useConfirm();
  const losses = useRef(new Map<string, string>());

  const set = useCallback((id: string, text: string | null) => {
    if (text === null) losses.current.delete(id);
    else losses.current.set(id, text);
  }, []);

  const mayLeave = useCallback(async () => {
    const texts_ = [...losses.current.values()];
    if (texts_.length === 0) return true;
    return confirm({
      title: texts.unsaved.title,
      text: texts_.join(' '),
      confirm: texts.unsaved.leave,
      cancel: texts.unsaved.stay,
      danger: true,
    });
  }, [confirm, texts]);

  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      // A change of the search parameters keeps the page and what was typed on it.
      if (current.pathname === next.pathname) return false;
      return !(await mayLeave());
    },
    enableBeforeUnload: () => losses.current.size > 0,
  });

  return <GuardContext value={useMemo(() => ({ set, mayLeave }), [set, mayLeave])}>{children}</GuardContext>;
}

/** Registers unsaved work while `text` is not null. */
export function useUnsavedChanges(text: string | null): void {
  const { set } = useContext(GuardContext);
  const id = useId();
  useEffect(() => {
    set(id, text);
    return () => set(id, null);
  }, [set, id, text]);
}

/** For actions that leave the page in another way than by a link (switching the organization). */
export const useMayLeave = (): (() => Promise<boolean>) => useContext(GuardContext).mayLeave;
