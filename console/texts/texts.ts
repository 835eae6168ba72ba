import { createContext, useContext } from 'react';
import { en } from './en.ts';

/** The shape every language must fill completely. */
export type Texts = typeof en;

/** The catalogue in use. Another language is another value of this context, loaded when it is chosen. */
export const TextsContext = createContext<Texts>(en);

export const useTexts = (): Texts => useContext(TextsContext);
