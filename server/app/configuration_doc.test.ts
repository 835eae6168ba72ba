import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Setting, settings } from './config_schema.ts';

const rows = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `') && line.includes('`--'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('docs/configuration.md', () => {
  for (const setting of Object.values(settings) as unknown as Setting<unknown>[])
    it(`says the flag and the default of ${setting.key}`, () => {
      const row = rows.find(([key]) => key === `\`${setting.key}\``);
      assert.ok(row, `no row of the table begins with \`${setting.key}\``);
      const [, flag, fallback, description] = row;
      assert.equal(flag, `\`--${setting.flag}\``);
      assert.equal(fallback?.replaceAll('`', ''), setting.default ?? 'none');
      assert.ok(description, 'the row does not say what the setting does');
      if (setting.secret)
        assert.match(description, /Secret\.$/, 'the row should end by saying that it is secret');
    });

  it('names no setting that does not exist', () => {
    const known = Object.values(settings).map(({ key }) => `\`${key}\``);
    assert.deepEqual(
      rows.map(([key]) => key).filter((key) => !known.includes(key ?? '')),
      [],
    );
  });
});
