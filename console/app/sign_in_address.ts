/** The sign-in page, coming back to where the person is now. */
export function signInAddress(): string {
  return `/signin?next=${encodeURIComponent(location.pathname + location.search)}`;
}
