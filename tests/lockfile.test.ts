/**
 * `npm ci` refuses a lock file that names an optional package without holding its entry, which is
 * what npm writes when a registry lacks one of a package's platform builds.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

type Entry = { readonly version?: string; readonly optionalDependencies?: Record<string, string> };

/** `a -> b` for every optional dependency that has no entry of its own. */
function missing(packages: Readonly<Record<string, Entry>>): readonly string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => {
        const own = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
        return own?.version === undefined;
      })
      .map((name) => `${path} -> ${name}`),
  );
}

test('the lock file holds every package that it names', () => {
  const file = join(import.meta.dirname, '..', 'package-lock.json');
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
    packages: Record<string, Entry>;
  };
  expect(missing(packages)).toEqual([]);
});

test('a lock file with a hole in it is noticed', () => {
  const hole = { 'node_modules/a': { optionalDependencies: { b: '1.0.0' } } };
  expect(missing(hole)).toEqual(['node_modules/a -> b']);
});
