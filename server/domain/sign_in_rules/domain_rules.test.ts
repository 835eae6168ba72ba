import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { days, minutes } from '../../kernel/clock.ts';
import { afterFailure, domainOfEmail, nextCheck, problemOf, readDomain, recordOf } from './domain_rules.ts';
import type { OrganizationDomain } from './records.ts';

const NOW = 1_800_000_000_000_000;
const domain = (over: Partial<OrganizationDomain> = {}): OrganizationDomain => ({
  id: 'b4e3b0a5-9b0c-4b61-9f6a-6a0d3bd90001',
  licenseId: 1001,
  domain: 'acme.example',
  token: 'abc',
  createdAt: NOW,
  verifiedAt: null,
  lapsedAt: null,
  checkedAt: null,
  nextCheckAt: NOW,
  problem: null,
  failingSince: null,
  ...over,
});

describe('the domains of an organization', () => {
  it('have one spelling, whatever was typed', () => {
    for (const [typed, kept] of [
      ['Acme.Example', 'acme.example'],
      ['  @acme.example. ', 'acme.example'],
      ['bücher.example', 'xn--bcher-kva.example'],
      ['BU\u0308CHER.example', 'xn--bcher-kva.example'],
      ['mail.acme.co.uk', 'mail.acme.co.uk'],
    ] as const)
      assert.deepEqual(readDomain(typed), { ok: true, domain: kept }, typed);
    assert.equal(domainOfEmail('Ann@BÜCHER.example'), 'xn--bcher-kva.example');
  });

  it('are names in the public DNS that belong to one owner', () => {
    for (const [typed, why] of [
      ['', /Enter a domain/],
      ['example', /not a domain name/],
      ['https://acme.example/', /domain alone/],
      ['ann@acme.example', /domain alone/],
      ['acme..example', /not a domain name/],
      ['-acme.example', /not a domain name/],
      [`${'a'.repeat(64)}.example`, /not a domain name/],
      [`${'a.'.repeat(140)}example`, /not a domain name/],
      ['*.acme.example', /not a domain name/],
      ['_dmarc.acme.example', /not a domain name/],
      ['127.0.0.1', /IP address/],
      ['printer.local', /public DNS/],
      ['db.internal', /public DNS/],
      ['GMail.com', /belongs to no organization/],
      ['mailinator.com', /disposable/],
    ] as const) {
      const read = readDomain(typed);
      assert.ok(!read.ok, typed);
      assert.match(read.message, why, typed);
    }
  });

  it('are proven by the whole value of one record, in however many pieces it comes', () => {
    const { value } = recordOf(domain());
    const records = (...all: string[][]) => problemOf(domain(), { kind: 'records', records: all });
    assert.equal(records([value]), undefined);
    assert.equal(records(['v=spf1 -all'], [value.slice(0, 9), value.slice(9)]), undefined);
    assert.equal(records([`"${value}"`]), undefined);
    assert.equal(records(), 'no_record');
    assert.equal(records([`${value}x`], [value.toUpperCase()]), 'other_record');
    assert.equal(problemOf(domain(), { kind: 'no_answer' }), 'no_answer');
  });

  it('lapse when the record was missing for three days, and not because nobody answered', () => {
    const held = domain({ verifiedAt: NOW });
    assert.deepEqual(afterFailure(held, 'no_record', NOW), { failingSince: NOW, lapsedAt: null });
    const failing = { ...held, failingSince: NOW };
    const later = NOW + days(3);
    assert.equal(afterFailure(failing, 'other_record', later - 1).lapsedAt, null);
    assert.equal(afterFailure(failing, 'other_record', later).lapsedAt, later);
    assert.equal(afterFailure(failing, 'no_answer', later).lapsedAt, null);
    assert.deepEqual(afterFailure(domain(), 'no_record', later), { failingSince: null, lapsedAt: null });
  });

  it('are looked at often while somebody waits, and then once a day', () => {
    assert.equal(nextCheck(domain(), false, NOW), NOW + minutes(10));
    assert.equal(nextCheck(domain(), false, NOW + days(3)), NOW + days(4));
    assert.equal(nextCheck(domain(), true, NOW), NOW + days(1));
    assert.equal(nextCheck(domain({ verifiedAt: NOW }), false, NOW), NOW + minutes(60));
  });
});
