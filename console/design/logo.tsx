/** The mark: a gatehouse with a light in its arch. Decorative; the name stands beside it. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        fill="var(--mantine-primary-color-filled)"
        d="M3 4.5A1.5 1.5 0 0 1 4.5 3h3A1.5 1.5 0 0 1 9 4.5V8h3.5V4.5A1.5 1.5 0 0 1 14 3h4a1.5 1.5 0 0 1 1.5 1.5V8H23V4.5A1.5 1.5 0 0 1 24.5 3h3A1.5 1.5 0 0 1 29 4.5V29h-5.5V21.5a7.5 7.5 0 0 0-15 0V29H3Z"
      />
      <path fill="#f2b14a" d="M11.5 29V21.5a4.5 4.5 0 0 1 9 0V29Z" />
    </svg>
  );
}
