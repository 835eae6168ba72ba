import { Alert, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { ApiError } from '../api/api_error.ts';
import type { Texts } from '../texts/texts.ts';
import { useTexts } from '../texts/texts.ts';

/** The sentence for an error: the server's own words where it has some, else what the kind of error means. */
export function errorSentence(error: unknown, texts: Texts): string {
  if (!(error instanceof ApiError)) return texts.errors.unexpected;
  return error.message || texts.errors.byType[error.type];
}

/** A refused action, beside what was tried: what went wrong, which fields, and the request id for support. */
export function ErrorAlert({ error, title, mt }: { error: unknown; title?: string; mt?: 'md' }) {
  const texts = useTexts();
  if (!error) return null;
  const apiError = error instanceof ApiError ? error : null;
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertCircle />}
      title={title ?? texts.errors.title}
      {...(mt ? { mt } : {})}
    >
      <Text size="sm" className="name">
        {errorSentence(error, texts)}
      </Text>
      {apiError && apiError.fields.length > 0 ? (
        <ul style={{ margin: '0.25rem 0 0', paddingInlineStart: '1.25rem' }}>
          {apiError.fields.map((problem) => (
            <li key={`${problem.field} ${problem.message}`}>
              <Text component="span" size="sm" className="name">
                <code>{problem.field}</code>: {problem.message}
              </Text>
            </li>
          ))}
        </ul>
      ) : null}
      {apiError?.requestId ? (
        <Text size="xs" mt={4} className="name">
          {texts.errors.requestId} <code>{apiError.requestId}</code>
        </Text>
      ) : null}
    </Alert>
  );
}
