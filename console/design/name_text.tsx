import { Text, type TextProps } from '@mantine/core';

/** A name or text somebody typed, in its own direction, clipped to `lines`. */
export function NameText({ children, lines = 1, ...rest }: TextProps & { children: string; lines?: number }) {
  return (
    <Text
      component="span"
      dir="auto"
      className="name"
      lineClamp={lines}
      title={children.slice(0, 300)}
      {...rest}
    >
      {children}
    </Text>
  );
}
