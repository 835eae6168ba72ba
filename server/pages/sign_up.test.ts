import assert from 'node:assert/strict';
import { test } from 'node:test';
import { galleryContext } from './gallery_samples.ts';
import { elementsOf, textOf } from './parse_page.fixture.ts';
import { signUpPage } from './sign_up.ts';

test('a refusal keeps what was typed, but never the password', () => {
  const page = signUpPage(galleryContext, {
    passwordMinLength: 12,
    values: { name: 'Olivia', email: 'x', company: 'Acme' },
    problems: [{ field: 'email', message: 'Enter an email address.' }],
    passwordFeedback: { warning: 'Common password.', suggestions: ['Add words.'] },
  });
  const input = (name: string) =>
    elementsOf(page).find((one) => one.tag === 'input' && one.attributes.name === name);
  assert.equal(input('name')?.attributes.value, 'Olivia');
  assert.equal(input('company')?.attributes.value, 'Acme');
  assert.equal(input('password')?.attributes.value, undefined);
  assert.equal(input('email')?.attributes['aria-invalid'], 'true');
  assert.equal(input('email')?.attributes['aria-describedby'], 'field-email-error');
  assert.equal(input('name')?.attributes['aria-invalid'], undefined);
  assert.match(textOf(page), /Common password\.Add words\./);
});
