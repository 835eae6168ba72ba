/** A value as code, one character of it marked; the end of the text is marked by a space. */
export function MarkedText({ text, at }: { text: string; at: number | null }) {
  return (
    <code style={{ overflowWrap: 'anywhere' }}>
      {at === null ? text : text.slice(0, at)}
      {at === null ? null : <mark>{text[at] ?? '\u00a0'}</mark>}
      {at === null ? null : text.slice(at + 1)}
    </code>
  );
}
