/** Every rule number of SPEC.md is quoted by the name of a test, and no test quotes one that is not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Numbers in the names of tests: `test('[M1] …`, `` describe(`[B4] … ``. */
function quoted(source: string): readonly string[] {
  const names =
    source.match(/\b(?:test|it|describe)(?:\.each\([^`]*?\))?\(\s*(['"`]).*?\1/gsu) ?? [];
  return names.flatMap((name) => [...name.matchAll(/\[([A-Z]\d+)\]/gu)].map(([, id]) => id ?? ''));
}

const rules = [
  ...readFileSync(join(root, 'src/domain/SPEC.md'), 'utf8').matchAll(/\*\*\[([A-Z]\d+)\]\*\*/gu),
].map(([, id]) => id ?? '');

const tests = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap((name) => quoted(readFileSync(join(root, 'tests', name), 'utf8')));

test('the search finds a number where it stands and nowhere else', () => {
  expect(quoted("test('[M1] a name', () => expect('[M2]'))")).toEqual(['M1']);
  expect(quoted("// test of [M3]\nconst text = '[M4]';")).toEqual([]);
  expect(quoted('describe(`[B1] and [B2]`, run)')).toEqual(['B1', 'B2']);
});

test('every rule has a number of its own', () => {
  expect(rules.length).toBeGreaterThan(30);
  expect(rules).toEqual([...new Set(rules)]);
});

test('every rule is quoted by a test', () => {
  expect(rules.filter((rule) => !tests.includes(rule))).toEqual([]);
});

test('tests quote rules that exist', () => {
  const letters = new Set(rules.map((rule) => rule[0]));
  const ours = tests.filter((rule) => letters.has(rule[0]));
  expect(ours.filter((rule) => !rules.includes(rule))).toEqual([]);
});
