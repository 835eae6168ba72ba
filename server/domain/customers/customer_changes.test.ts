import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import type { Customer } from '../chats/customer.ts';
import { customerRecord } from '../chats/customers.ts';
import { banEnd, bannedAddress } from './ban.ts';
import { type CustomerInput, changeCustomer, readCustomerChanges } from './customer_changes.ts';
import { onPage, seen } from './customer_visit.ts';
import { mergeSessionFields } from './session_fields.ts';

const T = 1_780_000_000_000_000;
const MINUTE = 60_000_000;

function tom(over: Partial<Customer> = {}): Customer {
  const visit = { ip: '198.51.100.7', userAgent: 'Firefox' };
  return { ...customerRecord({ name: 'Tom', visit }, { id: 'x', key: 1 }, T), ...over };
}
const changed = (customer: Customer, input: CustomerInput) =>
  changeCustomer(customer, readCustomerChanges(input));

describe('a change of a customer', () => {
  it('verifies a new e-mail anew, but not one that is only spelled otherwise', () => {
    const verified = tom({ email: 'tom@example.com', emailVerified: true });
    assert.equal(changed(verified, { email: 'tom@example.com' }).emailVerified, true);
    assert.equal(changed(verified, { email: 'Tom@Example.com' }).emailVerified, true);
    assert.equal(changed(verified, { email: 'tim@example.com' }).emailVerified, false);
    assert.equal(changed(verified, { email: '' }).emailVerified, false);
    assert.equal(changed(verified, { email: '' }).email, null);
    assert.equal(changed(verified, { name: 'Tim' }).emailVerified, true);
  });

  it('keeps what is not named, and loses an address whose last part goes', () => {
    const moved = changed(tom(), { address: { city: 'Rome' } });
    assert.deepEqual(moved.address, { city: 'Rome' });
    assert.equal(moved.name, 'Tom');
    assert.equal(changed(moved, { address: { city: '' } }).address, null);
  });

  it('renews a profile on another channel, and adds another one', () => {
    const known = changed(tom(), { omnichannel: { fbmessenger: { id: '1', name: 'T', gender: 'm' } } });
    const renewed = changed(known, { omnichannel: { fbmessenger: { id: '1', name: 'Tom' } } });
    assert.deepEqual(renewed.channels?.messenger, [{ id: '1', name: 'Tom', gender: 'm' }]);
    const more = changed(renewed, {
      omnichannel: { fbmessenger: { id: '2' }, twilio: { phone_number: '+48717178888' } },
    });
    assert.equal(more.channels?.messenger.length, 2);
    assert.deepEqual(more.channels?.twilio, ['+48717178888']);
  });

  it('takes as many profiles of one channel as there may be, and no more', () => {
    let customer = tom();
    for (let count = 0; count < 10; count++)
      customer = changed(customer, { omnichannel: { fbmessenger: { id: `m${count}` } } });
    assert.throws(
      () => changed(customer, { omnichannel: { fbmessenger: { id: 'one more' } } }),
      (error) => isGatehouseError(error) && error.code === 'limit_reached',
    );
  });

  it('lets session fields grow to a hundred', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ [`k${index}`]: 'v' }));
    assert.equal(mergeSessionFields(many, [{ k5: 'new' }]).length, 100);
    assert.throws(() => mergeSessionFields(many, [{ more: 'x' }]), /101 session fields/);
    assert.equal(mergeSessionFields(many, [{ k1: '' }, { more: 'x' }]).length, 100);
  });
});

describe('a visit', () => {
  const browser = {
    ip: '198.51.100.8',
    userAgent: 'Chrome',
    referrer: 'https://a.example/',
    fromBrowser: true,
  };

  it('goes on while the customer is heard of, and begins anew after half an hour', () => {
    const soon = seen(tom(), browser, T + 29 * MINUTE);
    assert.equal(soon.statistics.visits, 1);
    assert.equal(soon.lastVisit?.startedAt, T);
    assert.equal(soon.lastVisit?.ip, '198.51.100.8');
    assert.equal(seen(soon, browser, T + 58 * MINUTE).statistics.visits, 1);
    const later = seen(soon, browser, T + 60 * MINUTE);
    assert.equal(later.statistics.visits, 2);
    assert.equal(later.lastVisit?.startedAt, T + 60 * MINUTE);
  });

  it('is not moved to the server of an app that speaks for the customer', () => {
    const spoken = seen(tom(), { ...browser, fromBrowser: false }, T + MINUTE);
    assert.equal(spoken.lastVisit?.ip, '198.51.100.7');
    assert.equal(spoken.lastVisit?.userAgent, 'Firefox');
  });

  it('remembers the newest ten pages, and counts all', () => {
    let customer = tom();
    for (let count = 1; count <= 12; count++) customer = onPage(customer, `https://a.example/${count}`, T);
    assert.equal(customer.statistics.pageViews, 12);
    assert.deepEqual(
      customer.lastVisit?.pages?.map(({ url }) => url.slice(18)),
      ['3', '4', '5', '6', '7', '8', '9', '10', '11', '12'],
    );
  });
});

describe('a ban', () => {
  it('covers the address of the customer’s own browser, and no other', () => {
    assert.equal(bannedAddress(tom()), '198.51.100.7');
    const made = customerRecord({ visit: { ip: '198.51.100.9', ofApp: true } }, { id: 'x', key: 1 }, T);
    assert.equal(bannedAddress(made), null);
    const seenOnce = { ip: '198.51.100.8', userAgent: 'x', referrer: null, fromBrowser: true };
    assert.equal(bannedAddress(seen(made, seenOnce, T)), '198.51.100.8');
    for (const ip of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      assert.equal(bannedAddress(customerRecord({ visit: { ip } }, { id: 'x', key: 1 }, T)), null);
    assert.equal(bannedAddress({ lastVisit: null }), null);
  });

  it('lasts whole days', () => {
    assert.equal(banEnd(1, T), T + 1440 * MINUTE);
    for (const length of [0, -1, 0.5, 3651, Number.NaN]) assert.throws(() => banEnd(length, T), /ban\.days/);
  });
});
