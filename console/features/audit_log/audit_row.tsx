import { Text } from '@mantine/core';
import type { AuditEntry } from '../../api/audit_types.ts';
import { nameInSentence } from '../../design/names.ts';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';

/** One entry in words, and what it holds beside them. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const texts = useTexts();
  const words = texts.auditLog;
  const { actor, app, detail } = entry;
  // What apps and strangers do has an address, what the server does by itself has none.
  const who = actor
    ? nameInSentence(actor.name ?? actor.email ?? words.formerMember)
    : entry.ip === ''
      ? words.server
      : words.somebody;
  // What the sentence says already.
  const facts = Object.entries(detail).filter(([name]) => name !== 'app_id' && name !== 'app_name');
  return (
    <li>
      <Text className="name">
        <strong>{who}</strong> {words.actions[entry.action]}{' '}
        {app ? <strong>{nameInSentence(app.name)}</strong> : null}
      </Text>
      <Text size="xs" c="dimmed" className="name">
        <TimeText value={entry.at} />
        {actor?.email ? ` · ${actor.email}` : ''}
        {entry.ip ? ` · ${words.address} ${entry.ip}` : ''}
      </Text>
      <details style={{ marginBlockStart: '0.25rem' }}>
        <summary style={{ cursor: 'pointer', fontSize: '0.85rem' }}>{words.details}</summary>
        <dl style={{ margin: '0.25rem 0 0', fontSize: '0.85rem', overflowWrap: 'anywhere' }}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt style={{ display: 'inline' }}>{name.replaceAll('_', ' ')}: </dt>
              <dd style={{ display: 'inline', margin: 0 }}>
                <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
              </dd>
            </div>
          ))}
          <div>
            <dt style={{ display: 'inline' }}>{words.requestId}: </dt>
            <dd style={{ display: 'inline', margin: 0 }}>
              <code>{entry.request_id}</code>
            </dd>
          </div>
        </dl>
      </details>
    </li>
  );
}
