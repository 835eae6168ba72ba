/** The library is loaded for the first ID token or key set: a server starts faster without it. */
export function loadJose(): Promise<typeof import('jose')> {
  return import('jose');
}
