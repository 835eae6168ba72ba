import { createContext, useContext } from 'react';
import type { App } from '../../api/types.ts';

export const AppContext = createContext<App | null>(null);

/** The app whose pages are open. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp is used outside of an app page');
  return app;
}
