import { html } from 'htm/preact';
import type { VNode } from 'preact';

/**
 * The brand's teal from lightest to darkest, ten steps as component libraries want them. Step 7 is the
 * primary colour on light ground, step 4 on dark; `assets/accounts.css` opens with the same values.
 */
export const brandShades = [
  '#e6f6f4',
  '#cdebe7',
  '#9fd8d1',
  '#6fc4ba',
  '#47b1a6',
  '#279d92',
  '#12857c',
  '#0b6b68',
  '#085553',
  '#053f3e',
] as const;

/** The design tokens that other surfaces (Console, mails, icons) share with the accounts pages. */
export const brand = {
  primaryOnLight: brandShades[7],
  primaryOnDark: brandShades[4],
  lantern: '#f2b14a',
  pageLight: '#f3f6f5',
  pageDark: '#0d1618',
  inkLight: '#12252a',
  inkSoftLight: '#4a5f63',
  inkDark: '#e6efee',
  lineLight: '#d3dedb',
  surfaceLight: '#ffffff',
  surfaceDark: '#142124',
  fontStack:
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif",
} as const;

/** The mark: a gatehouse with battlements, and a light in its arch. Decorative; the name stands beside it. */
export function logoMark(className = 'mark'): VNode {
  return html`<svg class=${className} viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <path class="mark-wall" d="M3 4.5A1.5 1.5 0 0 1 4.5 3h3A1.5 1.5 0 0 1 9 4.5V8h3.5V4.5A1.5 1.5 0 0 1 14 3h4a1.5 1.5 0 0 1 1.5 1.5V8H23V4.5A1.5 1.5 0 0 1 24.5 3h3A1.5 1.5 0 0 1 29 4.5V29h-5.5V21.5a7.5 7.5 0 0 0-15 0V29H3Z" />
    <path class="mark-light" d="M11.5 29V21.5a4.5 4.5 0 0 1 9 0V29Z" />
  </svg>`;
}

/** Large arches behind the card of the entrance pages. Decorative. */
export function archBackdrop(): VNode {
  const arch = (inset: number) =>
    `M${inset} 900V600A${600 - inset} ${600 - inset} 0 0 1 ${1200 - inset} 600V900`;
  return html`<svg class="backdrop" viewBox="0 0 1200 900" preserveAspectRatio="xMidYMin slice" aria-hidden="true" focusable="false">
    ${[2, 90, 178, 266].map((inset) => html`<path d=${arch(inset)} />`)}
  </svg>`;
}
