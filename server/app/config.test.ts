import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, helpText, readConfig } from './config.ts';
import { settings } from './config_schema.ts';

describe('configuration', () => {
  it('needs nothing', () => {
    const config = readConfig([], {});
    assert.equal(config.port, 8080);
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.region, 'dal');
    assert.match(config.databaseUrl, /^sqlite:.*data\/gatehouse\.db$/);
    assert.equal(config.development, false);
  });
  it('takes flags over the environment', () => {
    assert.equal(readConfig(['--port', '9000'], { PORT: '7000' }).port, 9000);
    assert.equal(readConfig(['--port=9001'], {}).port, 9001);
    assert.equal(readConfig([], { PORT: '7000' }).port, 7000);
  });
  it('turns development mode on with the demo, and otherwise only when told', () => {
    assert.equal(readConfig(['--demo'], {}).development, true);
    assert.equal(readConfig(['--development'], {}).development, true);
    assert.equal(readConfig([], { NODE_ENV: 'development' }).development, false);
  });
  const wrong: [string[], Record<string, string>, RegExp][] = [
    [['--port', '80800'], {}, /^--port is "80800"\. It should be a port from 0/],
    [[], { PORT: 'http' }, /^PORT is "http"\./],
    [[], { PUBLIC_URL: 'chat.example.com' }, /^PUBLIC_URL is "chat\.example\.com"\. It should be an origin/],
    [[], { PUBLIC_URL: 'https://chat.example.com/app' }, /It should be an origin without a path/],
    [[], { DATABASE_URL: 'mysql://x:hunter2@y' }, /^DATABASE_URL is \(not shown\)\. It should be sqlite/],
    [[], { LOG_LEVEL: 'loud' }, /It should be one of trace, debug/],
    [[], { DEVELOPMENT: 'maybe' }, /It should be true or false/],
    [[], { REGION: 'DAL1' }, /two to eight small letters/],
    [[], { SECRET_KEY: 'abc' }, /^SECRET_KEY is \(not shown\)/],
    [['--seed', '/does/not/exist.json'], {}, /the path of a file that exists/],
    [['--tls-hosts', 'chat test'], {}, /host names or addresses joined by commas/],
    [[], { TLS_CERTIFICATE: '/does/not/exist.pem' }, /the path of a file that exists/],
    [['--prot', '1'], {}, /^--prot is not an option/],
    [['--port'], {}, /^--port needs a value/],
  ];
  for (const [flags, environment, words] of wrong)
    it(`refuses ${JSON.stringify([flags, environment])}, and says what would be right`, () =>
      assert.throws(
        () => readConfig(flags, environment),
        (error: Error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, words);
          return true;
        },
      ));
  it('lists every setting in the help', () => {
    for (const setting of Object.values(settings)) {
      assert.ok(helpText().includes(`--${setting.flag}`));
      assert.ok(helpText().includes(setting.key));
    }
  });
});
