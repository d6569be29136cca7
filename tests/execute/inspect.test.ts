import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { noisyText } from '../fixtures/progressreport.ts';

const program = join(import.meta.dirname, '..', '..', 'server', 'cli.ts');
// A process in which a library of the database cannot be loaded at all.
const hooks = `import { registerHooks } from 'node:module';
registerHooks({ resolve(name, context, next) {
  if (/sqlite|kysely/.test(name)) throw new Error('the database was loaded');
  return next(name, context);
} });`;

function inspect(parameters: readonly string[], input: string | Uint8Array = '') {
  const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'report.txt'), noisyText);
  writeFileSync(join(folder, 'minutes.txt'), '議事録\n\n委員 目標は達成できましたか。\n');
  const dataDir = join(folder, 'data');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(hooks)}`,
      program,
      'inspect',
      ...parameters,
    ],
    { input, env: { ...process.env, DATA_DIR: dataDir, INIT_CWD: folder }, encoding: 'utf8' },
  );
  expect(existsSync(dataDir), 'a data folder was made').toBe(false);
  return { status, stdout, stderr };
}

describe('kensho inspect', () => {
  test('prints one JSON object, from a file and from standard input alike', () => {
    const file = inspect(['report.txt']);
    expect(file).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(file.stdout)).toMatchObject({
      layout: 'progress-report',
      projects: [{ no: 'A' }, { no: 'B' }, { no: 'C' }],
    });
    expect(inspect(['-'], noisyText)).toEqual(file);
  });

  test.each([
    ['a file without a table', ['minutes.txt'], /^minutes\.txt: .*\(no-evaluation-table\)\n$/],
    ['a file that is not there', ['nowhere.txt'], /^nowhere\.txt: [^\n]+\n$/],
    ['a folder', ['.'], /^[^\n]+\n$/],
    ['nothing on standard input', ['-'], /^-: .*\(file-empty\)\n$/],
  ])('says in one line why it cannot: %s', (_what, parameters, line) => {
    const said = inspect(parameters);
    expect(said).toMatchObject({ status: 2, stdout: '' });
    expect(said.stderr).toMatch(line);
  });

  test.each([[[]], [['a.txt', 'b.txt']], [['--json', 'a.txt']]])('wrong words %j', (parameters) => {
    expect(inspect(parameters)).toMatchObject({ status: 2, stdout: '' });
  });
});
