import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressKind, networkOf, normalAddress } from './ip_address.ts';

const kinds: [string, string][] = [
  ['93.184.216.34', 'public'],
  ['1.1.1.1', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['100.63.255.255', 'public'],
  ['100.128.0.0', 'public'],
  ['2606:2800:220:1::1', 'public'],
  ['::ffff:93.184.216.34', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['0.0.0.0', 'reserved'],
  ['10.0.0.1', 'reserved'],
  ['100.64.0.1', 'reserved'],
  ['169.254.169.254', 'reserved'],
  ['172.16.0.1', 'reserved'],
  ['172.31.255.255', 'reserved'],
  ['192.0.0.192', 'reserved'],
  ['192.168.1.1', 'reserved'],
  ['198.19.0.1', 'reserved'],
  ['224.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['::', 'reserved'],
  ['::127.0.0.1', 'reserved'],
  ['::ffff:10.0.0.1', 'reserved'],
  ['::ffff:a9fe:a9fe', 'reserved'],
  ['64:ff9b::7f00:1', 'reserved'],
  ['64:ff9b:1::1', 'reserved'],
  ['2001::1', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['2002:7f00:1::', 'reserved'],
  ['3fff::1', 'reserved'],
  ['fc00::1', 'reserved'],
  ['fd00:ec2::254', 'reserved'],
  ['fe80::1', 'reserved'],
  ['fe80::1%eth0', 'reserved'],
  ['fec0::1', 'reserved'],
  ['ff02::1', 'reserved'],
  ['127.1', 'reserved'],
  ['2130706433', 'reserved'],
  ['localhost', 'reserved'],
  ['', 'reserved'],
];

describe('an IP address', () => {
  for (const [text, kind] of kinds) it(`"${text}" is ${kind}`, () => assert.equal(addressKind(text), kind));

  it('has one spelling', () => {
    assert.equal(normalAddress('::FFFF:192.0.2.7'), '192.0.2.7');
    assert.equal(normalAddress('2001:DB8::1'), '2001:db8:0:0:0:0:0:1');
    assert.equal(normalAddress('2001:db8:0:0::0:1'), normalAddress('2001:db8::1'));
    assert.equal(normalAddress('not one'), 'not one');
  });

  it('of IPv6 counts as its /64', () => {
    assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
    assert.equal(networkOf('2001:db8:1:2::9'), '2001:db8:1:2::/64');
    assert.equal(networkOf('192.0.2.7'), '192.0.2.7');
    assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7');
    assert.equal(networkOf('somebody'), 'somebody');
  });
});
