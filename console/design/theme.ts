import {
  Code,
  createTheme,
  Drawer,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Modal,
  type VariantColorsResolver,
} from '@mantine/core';

/** The brand's teal; the same ten steps as the accounts pages (server/pages/brand.ts). */
const teal: MantineColorsTuple = [
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
];

/** Greys with the brand's hue, so that dark screens look like the accounts pages' dark screens. */
const dark: MantineColorsTuple = [
  '#dbe6e5',
  '#b9c9c8',
  '#97aaaa',
  '#6d8183',
  '#5f767a',
  '#2a3b3f',
  '#1b2a2e',
  '#142124',
  '#0d1618',
  '#091012',
];

/** Mantine's greys, but for the one it draws the edges of inputs with: 3:1 on white (WCAG 2.2, 1.4.11). */
const gray: MantineColorsTuple = [
  '#f6f8f8',
  '#eef2f1',
  '#e4eae8',
  '#d3dedb',
  '#82958f',
  '#71847f',
  '#5b6d69',
  '#475854',
  '#33423f',
  '#1f2b29',
];

// Mantine's own warm colours are too faint for letters; these hold 4.5:1 on both grounds (WCAG 2.2, 1.4.3).
const red: MantineColorsTuple = [
  '#fdf3f2',
  '#fcebe9',
  '#f6b3ab',
  '#f59388',
  '#f4887c',
  '#e0564a',
  '#c93a2e',
  '#b42318',
  '#8f1b12',
  '#6e140d',
];
const orange: MantineColorsTuple = [
  '#fdf6ee',
  '#fcefdf',
  '#f4cb97',
  '#eeb468',
  '#e8a04c',
  '#c97c22',
  '#a9620f',
  '#8f5208',
  '#734105',
  '#583203',
];
const yellow: MantineColorsTuple = [
  '#fdf9ec',
  '#fcf3d9',
  '#f1d487',
  '#ecc35c',
  '#e6b443',
  '#bd8d1c',
  '#97700f',
  '#7d5c09',
  '#654a06',
  '#4d3804',
];

/** Filled surfaces are deep in the light scheme and bright in the dark one, so their letters change with it. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === 'filled' ? { ...colors, color: 'var(--on-filled)' } : colors;
};

// A dialog's heading row is a <header>, which would count as a second banner of the page.
const attributes = { header: { role: 'presentation' } };

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver,
  colors: { teal, dark, gray, red, orange, yellow },
  black: '#12252a',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  components: {
    Modal: Modal.extend({
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.5 }, attributes },
    }),
    Drawer: Drawer.extend({ defaultProps: { attributes } }),
    Code: Code.extend({ styles: { root: { overflowWrap: 'anywhere' } } }),
  },
});
