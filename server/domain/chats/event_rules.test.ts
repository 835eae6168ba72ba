import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import type { EventRequest } from '../../wire/event.ts';
import { isRepeat, readEvent, TEXT_BYTES } from './event_rules.ts';

describe('an event that is sent', () => {
  const good: [string, EventRequest, Record<string, unknown>][] = [
    ['message', { type: 'message', text: 'hi' }, { text: 'hi' }],
    [
      'message of exactly 16 KB',
      { type: 'message', text: '😁'.repeat(TEXT_BYTES / 4) },
      { text: '😁'.repeat(4096) },
    ],
    [
      'message without what belongs to other types',
      { type: 'message', text: 'hi', form_id: '1', content: { a: 1 } },
      { text: 'hi' },
    ],
    [
      'answer to a rich message',
      { type: 'message', text: 'yes', postback: { id: 'p', thread_id: 'T', event_id: 'T_1' } },
      { text: 'yes', postback: { id: 'p', thread_id: 'T', event_id: 'T_1' } },
    ],
    ['custom event', { type: 'custom', content: { a: { b: 1 } } }, { content: { a: { b: 1 } } }],
    ['message about the character \\u0000', { type: 'message', text: '\\u0000' }, { text: '\\u0000' }],
    ['custom event without content', { type: 'custom' }, {}],
    [
      'system message',
      { type: 'system_message', system_message_type: 'app.note', text: 'x', text_vars: { a: 'b' } },
      { system_message_type: 'app.note', text: 'x', text_vars: { a: 'b' } },
    ],
    [
      'form',
      { type: 'form', form_id: '7', fields: [{ type: 'name', id: '1', label: 'Name' }] },
      { form_id: '7', fields: [{ type: 'name', id: '1', label: 'Name' }] },
    ],
    [
      'filled form',
      {
        type: 'filled_form',
        form_id: '7',
        fields: [{ type: 'name', id: '1', label: 'Name', answer: 'Ann' }],
      },
      { form_id: '7', fields: [{ type: 'name', id: '1', label: 'Name', answer: 'Ann' }] },
    ],
    [
      'rich message, with nobody having pressed its buttons yet',
      {
        type: 'rich_message',
        template_id: 'quick_replies',
        elements: [
          { title: 'Well?', buttons: [{ text: 'Yes', type: 'message', value: 'yes', postback_id: 'y' }] },
        ],
      },
      {
        template_id: 'quick_replies',
        elements: [
          {
            title: 'Well?',
            buttons: [{ text: 'Yes', type: 'message', value: 'yes', postback_id: 'y', user_ids: [] }],
          },
        ],
      },
    ],
  ];
  for (const [what, input, content] of good) {
    it(`is taken: ${what}`, () => assert.deepEqual(readEvent(input, 'event').content, content));
  }

  const button = { text: 'Go', postback_id: 'go' };
  const rich = (
    buttons: NonNullable<NonNullable<EventRequest['elements']>[number]['buttons']>,
  ): EventRequest => ({
    type: 'rich_message',
    template_id: 'cards',
    elements: [{ buttons }],
  });
  const bad: [string, EventRequest, string][] = [
    ['a message without text', { type: 'message' }, 'event.text'],
    ['an empty message', { type: 'message', text: '' }, 'event.text'],
    [
      'a message over 16 KB of UTF-8',
      { type: 'message', text: `${'é'.repeat(TEXT_BYTES / 2)}x` },
      'event.text',
    ],
    ['a NUL in a message', { type: 'message', text: 'a\u0000b' }, 'event'],
    [
      'a postback type without value',
      { type: 'message', text: 'x', postback: { id: 'p', thread_id: 'T', event_id: 'T_1', type: 'url' } },
      'event.postback',
    ],
    ['a NUL deep in content', { type: 'custom', content: { a: [{ 'b\u0000': 1 }] } }, 'event'],
    ['a file without an address', { type: 'file' }, 'event.url'],
    ['a form without fields', { type: 'form', form_id: '1' }, 'event.fields'],
    [
      'a filled form without an answer',
      { type: 'filled_form', form_id: '1', fields: [{ type: 'name', id: '1', label: 'Name' }] },
      'event.fields[0]',
    ],
    ['a rich message without template', { type: 'rich_message' }, 'event.template_id'],
    ['a button with half an action', rich([{ ...button, type: 'url' }]), 'event.elements[0].buttons[0]'],
    [
      'a webview of no height',
      rich([{ ...button, type: 'webview', value: 'https://x.test' }]),
      'event.elements[0].buttons[0].webview_height',
    ],
    [
      'a button that carries a script',
      rich([{ ...button, type: 'url', value: 'javascript:alert(1)' }]),
      'event.elements[0].buttons[0].value',
    ],
    [
      'a webview that carries a script',
      rich([{ ...button, type: 'webview', value: 'javascript:alert(1)', webview_height: 'full' }]),
      'event.elements[0].buttons[0].value',
    ],
    [
      'a phone that is none',
      rich([{ ...button, type: 'phone', value: 'call me' }]),
      'event.elements[0].buttons[0].value',
    ],
    [
      'a target on a button that opens nothing',
      rich([{ ...button, type: 'message', value: 'x', target: 'new' }]),
      'event.elements[0].buttons[0].target',
    ],
    [
      'an image from nowhere',
      { type: 'rich_message', template_id: 'cards', elements: [{ image: { url: 'data:text/html,x' } }] },
      'event.elements[0].image.url',
    ],
    ['a system message of no type', { type: 'system_message', text: 'x' }, 'event.system_message_type'],
    ['content that is too large', { type: 'custom', content: { a: 'x'.repeat(65_536) } }, 'event'],
    [
      'a property value that is too long',
      { type: 'message', text: 'x', properties: { app: { name: 'x'.repeat(20_000) } } },
      'event.properties.app.name',
    ],
  ];
  for (const [what, input, field] of bad) {
    it(`is refused: ${what}`, () =>
      assert.throws(
        () => readEvent(input, 'event'),
        (error) => isGatehouseError(error) && error.code === 'validation' && error.fields[0]?.field === field,
      ));
  }

  it('is a repeat when it says the same under the same custom id', () => {
    const first = readEvent({ type: 'message', text: 'a', custom_id: '1' }, 'event');
    assert.equal(isRepeat(first, readEvent({ type: 'message', text: 'a', custom_id: '1' }, 'event')), true);
    assert.equal(isRepeat(first, readEvent({ type: 'message', text: 'b', custom_id: '1' }, 'event')), false);
    assert.equal(isRepeat(first, readEvent({ type: 'message', text: 'a', custom_id: '2' }, 'event')), false);
  });
});
