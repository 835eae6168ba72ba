import { useTexts } from '../texts/texts.ts';
import { relativeTime } from './relative_time.ts';

/** A moment in words, with the exact time on hover. */
export function TimeText({ value }: { value: string }) {
  const { language } = useTexts();
  const at = Date.parse(value);
  if (Number.isNaN(at)) return <span>{value}</span>;
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
  return (
    <time dateTime={value} title={exact}>
      {relativeTime(at, Date.now(), language)}
    </time>
  );
}

/** A day, for expiry dates. */
export function DateText({ value }: { value: string }) {
  const { language } = useTexts();
  const at = Date.parse(value);
  if (Number.isNaN(at)) return <span>{value}</span>;
  const formatter = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return <time dateTime={value}>{formatter.format(at)}</time>;
}
