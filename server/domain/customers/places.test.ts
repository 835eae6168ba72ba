import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPlaces } from './places.ts';

describe('where addresses are', () => {
  const places = readPlaces(
    '# made by hand\nnetwork,country_code,country,region,city\n10.0.0.0/8,DE,Germany\n10.1.0.0/16,PL,Poland,Lower Silesia,Wroclaw\n2001:db8::/32,US,United States\n',
  );
  const city = (ip: string | null) => places.of(ip)?.country_code;

  it('is told by the narrowest network that holds them', () => {
    assert.equal(city('10.0.0.1'), 'DE');
    assert.equal(city('10.1.255.255'), 'PL');
    assert.equal(city('10.2.0.0'), 'DE');
    assert.equal(city('::ffff:10.1.2.3'), 'PL');
    assert.equal(city('2001:db8:1::5'), 'US');
    assert.deepEqual(places.of('10.1.0.9'), {
      country_code: 'PL',
      country: 'Poland',
      region: 'Lower Silesia',
      city: 'Wroclaw',
    });
  });

  it('is not known of others', () => {
    for (const ip of ['9.255.255.255', '11.0.0.0', '2001:db9::1', '::1', 'nowhere', null])
      assert.equal(city(ip), undefined, String(ip));
  });

  it('is not read from a line that names no network', () => {
    for (const line of ['10.0.0.0/33,DE', 'x,DE', '10.0.0.0/,DE'])
      assert.throws(() => readPlaces(`10.0.0.0/8,DE\n${line}`), /line 2/);
  });
});
