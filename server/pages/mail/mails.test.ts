import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementsOf } from '../parse_page.fixture.ts';
import { confirmEmailMail } from './confirm_email_mail.ts';
import { type InvitationMailView, invitationMail } from './invitation_mail.ts';
import { passwordChangedMail } from './password_changed_mail.ts';
import { resetPasswordMail } from './reset_password_mail.ts';
import { verifyCustomerEmailMail } from './verify_customer_email_mail.ts';

const link = 'http://localhost:8080/confirm-email?token=abc&x=1';
const common = { productName: 'Gatehouse', name: 'Olivia' };
const changedAt = Date.UTC(2026, 0, 31, 7, 11) * 1000;

test('each mail says the same in text and HTML, with its link ready to use', () => {
  const mails = [
    confirmEmailMail({ ...common, link, validFor: '3 days' }),
    resetPasswordMail({ ...common, link, validFor: '1 hour' }),
    passwordChangedMail({ ...common, changedAt, forgotPasswordUrl: link }),
  ];
  for (const mail of mails) {
    assert.ok(mail.text.includes(`\n${link}\n`));
    assert.ok(mail.html.startsWith('<!doctype html>'));
    assert.ok(elementsOf(mail.html).some((one) => one.attributes.href === link.replaceAll('&', '&amp;')));
    assert.match(mail.subject, /Gatehouse/);
  }
  assert.match(mails[2]?.text ?? '', /31 January 2026, 07:11 UTC/);
});

test('a name that advertises is not repeated to a stranger', () => {
  const greetingOf = (name: string) =>
    confirmEmailMail({ ...common, name, link, validFor: '3 days' }).text.split('\n')[0];
  assert.equal(greetingOf('Zoë O’Neill Jr.'), 'Hello Zoë O’Neill Jr.,');
  assert.equal(greetingOf('شركة النور'), 'Hello شركة النور,');
  for (const name of ['Win at evil.test', 'https://evil.test', 'x'.repeat(61)])
    assert.equal(greetingOf(name), 'Hello,');
});

test('a name can write neither a header, nor a line, nor markup', () => {
  const name = 'Eve\r\nBcc: x@evil.test\n\nhttps://evil.test <img src=x onerror=alert(1)>\u202E';
  const mail = confirmEmailMail({ productName: 'Gate\r\nhouse', name, link, validFor: '3 days' });
  assert.doesNotMatch(mail.subject, /[\r\n\u202e]/);
  assert.doesNotMatch(mail.text, /Bcc|evil/);
  assert.doesNotMatch(mail.html, /<img/);
});

test('a customer is asked to confirm an address in the name of an organization that may not advertise', () => {
  const mailOf = (organization: string) =>
    verifyCustomerEmailMail({ ...common, organization, link, validFor: '7 days' });
  assert.equal(mailOf('Acme').subject, 'Confirm your email for Acme');
  assert.ok(mailOf('Acme').text.includes(`\n${link}\n`));
  assert.doesNotMatch(mailOf('Win at evil.test').text, /evil/);
});

const invitation: InvitationMailView = {
  ...common,
  organization: 'Acme',
  invitedBy: 'Olivia Owner',
  role: 'administrator',
  link,
  validFor: '7 days',
};

test('an invitation says who asks whom into what, as what, where, and for how long', () => {
  const mail = invitationMail({ ...invitation, name: 'Ada' });
  assert.equal(mail.subject, 'Join Acme on Gatehouse');
  const facts = [
    'Hello Ada,',
    'Olivia Owner invites you to Acme as an administrator.',
    'The link works once, for 7 days',
  ];
  for (const fact of facts) for (const part of [mail.text, mail.html]) assert.ok(part.includes(fact), fact);
  assert.ok(mail.text.includes(`\n${link}\n`));
  assert.ok(elementsOf(mail.html).some((one) => one.attributes.href === link.replaceAll('&', '&amp;')));
  assert.match(invitationMail({ ...invitation, role: 'owner' }).text, /as an owner\./);
  assert.match(invitationMail({ ...invitation, role: 'member' }).text, /as a member\./);
  assert.match(invitationMail({ ...invitation, name: '' }).text, /^Hello,/);
});

test('hostile names write no header, line, link or markup into an invitation', () => {
  for (const name of [
    'Eve\r\nBcc: x@evil.test',
    '<img src=x onerror=alert(1)>',
    '</p><a href="https://evil.test">Claim</a>',
    'Win at evil.test',
    'A\u202Etset.live',
    '"><script>alert(1)</script>',
    'x'.repeat(200),
  ]) {
    const mail = invitationMail({ ...invitation, name, organization: name, invitedBy: name });
    assert.equal(mail.subject, 'Join an organization on Gatehouse');
    for (const part of [mail.subject, mail.text, mail.html])
      assert.doesNotMatch(part, /evil|Bcc|alert|\u202e|x{61}|<script|<img/, name);
    assert.match(mail.text, /^Hello,\n\nSomebody invites you to an organization as/);
    assert.equal(elementsOf(mail.html).filter(({ tag }) => tag === 'a').length, 2);
  }
});
