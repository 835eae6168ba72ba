import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

function projectFile(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

type Packages = Record<string, string>;
const manifest = JSON.parse(projectFile('package.json')) as {
  dependencies: Packages;
  optionalDependencies: Packages;
  devDependencies: Packages;
};
const wanted = Object.keys({
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
  ...manifest.devDependencies,
});
/** The first cell of each row of the tables: `| \`name\` |`. */
const named = [...projectFile('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map(
  ([, name]) => name ?? '',
);

describe('docs/dependencies.md', () => {
  it('says why each dependency is there', () => {
    assert.deepEqual(
      wanted.filter((name) => !named.includes(name)),
      [],
    );
  });
  it('names nothing that is not in package.json', () => {
    assert.deepEqual(
      named.filter((name) => !wanted.includes(name)),
      [],
    );
  });
  it('names each once', () => {
    assert.equal(new Set(named).size, named.length);
  });
});
