import { numbered } from '../client/numbered.ts';
import { safeAddress, safePicture, textParts } from '../client/text_parts.ts';
import type { ChatEvent, FormField, RichButton, RichElement } from '../client/wire.ts';
import { texts } from '../texts/en.ts';
import './event_content.css';

/** What an event says. Everything in it was written by others: text stays text, addresses are checked. */
export function EventContent(props: {
  event: ChatEvent;
  usable: boolean;
  onPress(button: RichButton): void;
}) {
  const { event } = props;
  switch (event.type) {
    case 'message':
      return <Text text={event.text ?? ''} />;
    case 'file':
      return <FileContent event={event} />;
    case 'rich_message':
      return <RichContent {...props} />;
    case 'filled_form':
      return <Answers fields={event.fields ?? []} />;
    default:
      return <em>{event.text ?? texts.unknownEvent}</em>;
  }
}

function Text({ text }: { text: string }) {
  return (
    <span className="text">
      {numbered(textParts(text)).map(({ id, item: part }) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={id} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </span>
  );
}

function FileContent({ event }: { event: ChatEvent }) {
  const address = safePicture(event.url, location.origin);
  const name = event.name ?? texts.file;
  if (address === undefined) return <span className="text">{name}</span>;
  const preview = event.content_type?.startsWith('image/')
    ? (safePicture(event.thumbnail_url, location.origin) ?? address)
    : undefined;
  return (
    <a className="file" href={address} target="_blank" rel="noopener noreferrer">
      {preview ? <img src={preview} alt={event.alternative_text ?? ''} loading="lazy" /> : null}
      <span dir="auto">{name}</span>
      {event.size === undefined ? null : <span className="size">{sizeOf(event.size)}</span>}
    </a>
  );
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function RichContent(props: { event: ChatEvent; usable: boolean; onPress(button: RichButton): void }) {
  const { event, usable, onPress } = props;
  const elements = event.elements ?? [];
  return (
    <div className={event.template_id === 'quick_replies' ? 'replies' : 'cards'}>
      {numbered(elements).map(({ id, item: element }) => (
        <Card key={id} element={element} usable={usable} onPress={onPress} />
      ))}
    </div>
  );
}

function Card(props: { element: RichElement; usable: boolean; onPress(button: RichButton): void }) {
  const { element, usable, onPress } = props;
  const picture = safePicture(element.image?.url, location.origin);
  return (
    <div className="card">
      {picture ? <img src={picture} alt={element.image?.alternative_text ?? ''} loading="lazy" /> : null}
      {element.title ? <p className="card_title">{element.title}</p> : null}
      {element.subtitle ? <p className="card_text">{element.subtitle}</p> : null}
      {element.buttons && element.buttons.length > 0 ? (
        <div className="card_buttons">
          {numbered(element.buttons).map(({ id, item: button }) => (
            <CardButton key={id} button={button} usable={usable} onPress={onPress} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

function CardButton(props: { button: RichButton; usable: boolean; onPress(button: RichButton): void }) {
  const { button, usable, onPress } = props;
  if (button.type === 'url' || button.type === 'webview' || button.type === 'phone') {
    const wanted =
      button.type === 'phone' ? `tel:${(button.value ?? '').replace(/^tel:/, '')}` : button.value;
    const href = safeAddress(wanted, button.type === 'phone' ? ['tel:'] : ['http:', 'https:']);
    // An address that is not to be followed leaves a button that does nothing but say so.
    if (href === undefined)
      return (
        <button type="button" className="reply" disabled>
          {button.text}
        </button>
      );
    return (
      <a
        className="reply"
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        onClick={() => usable && onPress(button)}
      >
        {button.text}
      </a>
    );
  }
  return (
    <button type="button" className="reply" disabled={!usable} onClick={() => onPress(button)}>
      {button.text}
    </button>
  );
}

function Answers({ fields }: { fields: readonly FormField[] }) {
  return (
    <dl className="answers" aria-label={texts.formAnswers}>
      {numbered(fields).map(({ id, item: field }) => (
        <div key={id}>
          <dt>{field.label ?? field.type}</dt>
          <dd>{answerOf(field)}</dd>
        </div>
      ))}
    </dl>
  );
}

function answerOf({ answer, answers, value }: FormField): string {
  const given = answers ?? answer ?? value ?? '';
  const one = (item: unknown): string =>
    typeof item === 'object' && item !== null && 'label' in item ? String(item.label) : String(item);
  return Array.isArray(given) ? given.map(one).join(', ') : one(given);
}
