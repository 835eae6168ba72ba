import { Anchor, Text } from '@mantine/core';
import type { Scope } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';

/** The methods that a scope opens, folded away; methods this server does not answer yet are marked. */
export function ScopeMethods({ scope, open = false }: { scope: Scope; open?: boolean }) {
  const texts = useTexts();
  if (scope.methods.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {texts.scopes.opensNothing}
      </Text>
    );
  return (
    <details open={open}>
      <summary style={{ cursor: 'pointer', fontSize: 'var(--mantine-font-size-xs)' }}>
        <Anchor component="span" size="xs">
          {texts.scopes.opens(scope.methods.length)}
        </Anchor>
      </summary>
      <ul style={{ margin: '0.25rem 0', paddingInlineStart: '1.25rem' }}>
        {scope.methods.map((method) => (
          <li key={`${method.api} ${method.name}`}>
            <Text component="span" size="xs" className="name">
              {texts.scopes.apis[method.api]}: <code>{method.name}</code>
              {method.served ? '' : ` (${texts.scopes.notServed})`}
            </Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
