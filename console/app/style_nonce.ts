/** The libraries that write style elements ask for the nonce by this name. */
declare global {
  var __webpack_nonce__: string | undefined;
}

/**
 * The nonce of this page, which the content security policy demands of every style element. Browsers hide it
 * from the attribute and keep it in the property.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Gives it to what locks the page's scrolling under a dialog, which takes no property for it. */
export function shareStyleNonce(): void {
  globalThis.__webpack_nonce__ = styleNonce();
}
