import type { EventRequest } from '../../wire/event.ts';
import { need, type Problems, present } from './event_fields.ts';

type Element = NonNullable<EventRequest['elements']>[number];
type Button = NonNullable<Element['buttons']>[number];

/**
 * Rich messages (docs: data-structures#rich-message). Numbers of elements and buttons are limited by the
 * schema; here is what depends on the template and on the kind of button.
 */
export function readRichMessage(
  input: EventRequest,
  field: string,
  problems: Problems,
): Record<string, unknown> {
  need(input.template_id, `${field}.template_id`, problems);
  const elements = input.elements?.map((element, index) =>
    readElement(element, input.template_id, `${field}.elements[${index}]`, problems),
  );
  return present({ template_id: input.template_id, elements });
}

function readElement(
  element: Element,
  template: EventRequest['template_id'],
  field: string,
  problems: Problems,
): Record<string, unknown> {
  if (element.ecommerce && template !== 'ecommerce')
    problems.push({ field: `${field}.ecommerce`, message: 'belongs to the template ecommerce only.' });
  if (element.image) needWebAddress(element.image.url, `${field}.image.url`, problems);
  element.ecommerce?.options?.forEach((option, index) => {
    for (const name of ['image_url', 'image_thumbnail_url'] as const) {
      const at = `${field}.ecommerce.options[${index}].${name}`;
      if (option[name] !== undefined) needWebAddress(option[name], at, problems);
    }
  });
  const buttons = element.buttons?.map((button, index) =>
    readButton(button, `${field}.buttons[${index}]`, problems),
  );
  return present({
    title: element.title,
    subtitle: element.subtitle,
    image: element.image,
    buttons,
    ecommerce: element.ecommerce,
  });
}

function readButton(button: Button, field: string, problems: Problems): Record<string, unknown> {
  // The docs' table wants type and value, their sample leaves both out: both forms are taken.
  if ((button.type === undefined) !== (button.value === undefined))
    problems.push({ field, message: 'type and value go together: give both or none.' });
  if (button.type === 'webview' && button.webview_height === undefined)
    problems.push({ field: `${field}.webview_height`, message: 'is required for a webview button.' });
  const { type, value } = button;
  if ((type === 'url' || type === 'webview') && value !== undefined)
    needWebAddress(value, `${field}.value`, problems);
  if (type === 'phone' && value !== undefined && !PHONE.test(value))
    problems.push({ field: `${field}.value`, message: 'must be a phone number, such as +48717178888.' });
  if (button.webview_height !== undefined && type !== 'webview')
    problems.push({ field: `${field}.webview_height`, message: 'belongs to webview buttons only.' });
  if (button.target !== undefined && type !== 'url')
    problems.push({ field: `${field}.target`, message: 'belongs to url buttons only.' });
  return present({
    text: button.text,
    type: button.type,
    value: button.value,
    webview_height: button.webview_height,
    postback_id: button.postback_id,
    // Nobody has pressed it yet, whatever the sender says.
    user_ids: [],
    target: button.target,
  });
}

const PHONE = /^\+?[0-9 ()./-]{2,40}$/;

function needWebAddress(text: string, field: string, problems: Problems): void {
  if (!isWebAddress(text)) problems.push({ field, message: 'must be an http or https address.' });
}

/** A button must not carry a script into somebody's page. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}
