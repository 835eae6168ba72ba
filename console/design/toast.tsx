import { Notification } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useTexts } from '../texts/texts.ts';
import './toast.css';

interface Toast {
  id: number;
  kind: 'done' | 'failed';
  message: string;
}

const SHOWN_MS = 5_000;
const MOST = 4;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function show(kind: Toast['kind'], message: string): void {
  lastId += 1;
  change([...toasts, { id: lastId, kind, message }].slice(-MOST));
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** Short words that something was done, or that something without a place of its own failed. */
export const toast = {
  done: (message: string): void => show('done', message),
  failed: (message: string): void => show('failed', message),
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear. The region is always there, so that screen readers notice what is put into it. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status">
      {shown.map((each) => (
        <ShownToast key={each.id} toast={each} />
      ))}
    </div>
  );
}

function ShownToast({ toast: { id, kind, message } }: { toast: Toast }) {
  const texts = useTexts();
  useEffect(() => {
    // What failed stays until it is dismissed: it may be the only trace.
    if (kind === 'failed') return;
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, kind]);
  return (
    <Notification
      role="presentation"
      color={kind === 'done' ? 'teal' : 'red'}
      icon={kind === 'done' ? <IconCheck size={16} /> : <IconAlertCircle size={16} />}
      withBorder
      onClose={() => dismiss(id)}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <span className="name">{message}</span>
    </Notification>
  );
}
