/** The words of findings: their page, their sentences, their questions; and the real documents. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examineSheet } from '#domain/examine.ts';
import {
  emptyKpi,
  emptyProject,
  noCaptions,
  type Finding,
  type ProjectSheet,
} from '#domain/sheet.ts';
import { examined, findingLimit } from '#formats/examined.ts';
import { makeFindingText, makeQuestion } from '#formats/findingtext.ts';
import { findingWords } from '#formats/findingwords.ts';
import { findingCodes, findingSeverities, makeFinding } from '#formats/notice.ts';
import { readTable } from '#formats/table.ts';
import { printedRow, sheetOf } from '../fixtures/figures.ts';

const root = join(import.meta.dirname, '..', '..');

describe('docs/findings.md', () => {
  const rows = readFileSync(join(root, 'docs/findings.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  test('lists every code once with its severity', () => {
    const listed = rows.map(([, code = '', severity]) => [code.replaceAll('`', ''), severity]);
    expect(listed.toSorted()).toEqual(Object.entries(findingSeverities).toSorted());
  });
  test('says what each means, with an example', () => {
    for (const [, code, , meaning = '', example = ''] of rows)
      expect([code, meaning.length > 5, example.length > 2]).toEqual([code, true, true]);
  });
});

describe('sentences', () => {
  const [finding] = examineSheet(sheetOf(printedRow('数', '10回', '13回', '120%')), null);
  const mismatch: Finding = finding ?? makeFinding('no-kpi');

  test('a finding is told with its figures', () => {
    expect(makeFindingText(mismatch)).toBe(
      '達成率は130%と計算されます（13 ÷ 10 × 100 = 130）。印刷は120%です。',
    );
    expect(makeFindingText(mismatch, 'en')).toBe(
      'The rate comes to 130% (13 ÷ 10 × 100 = 130). Printed is 120%.',
    );
  });
  test('without figures the sentence of its kind', () => {
    expect(makeFindingText(makeFinding('rate-mismatch'))).toBe(
      findingWords.ja['rate-mismatch'].what,
    );
  });
  test('words of the office are put into English', () => {
    const base = makeFinding('delta-base', {
      recomputed: '対前年度目標',
      formula: '122 − 50 = 72',
    });
    expect(makeFindingText(base)).toBe(
      '増減は「対前年度目標」で計算されています（122 − 50 = 72）。',
    );
    expect(makeFindingText(base, 'en')).toBe(
      'The differences are counted from the target of the year before (122 − 50 = 72).',
    );
  });
  test('every code has a sentence in both languages, and uses only what a finding has', () => {
    for (const code of findingCodes) {
      const { ja, en } = { ja: findingWords.ja[code], en: findingWords.en[code] };
      expect([code, /[。]$/.test(ja.what), /[.]$/.test(en.what)]).toEqual([code, true, true]);
      const slots = (text = '') =>
        [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot).toSorted();
      expect([code, slots(en.told)]).toEqual([code, slots(ja.told)]);
      const full = makeFinding(code, { stated: 'い', recomputed: 'ろ', formula: 'は' });
      expect(makeFindingText(full)).not.toMatch(/[{}]/);
    }
  });
  test('a code nobody knows is shown as it is', () => {
    expect(makeFindingText({ ...mismatch, code: 'of-tomorrow' })).toBe('of-tomorrow');
  });
});

describe('a question to the section', () => {
  const sheet: ProjectSheet = {
    ...sheetOf({ ...printedRow('公営塾の実施', '10回', '13回', '120%'), mark: '①' }),
    no: '4',
    name: 'ひとづくり',
  };
  const [finding] = examineSheet(sheet, null);

  test('names project and KPI, says what does not agree, and asks', () => {
    expect(finding && makeQuestion(finding, sheet)).toBe(
      '「4 ひとづくり」の「①公営塾の実施」についてお尋ねします。達成率は130%と計算されます' +
        '（13 ÷ 10 × 100 = 130）。印刷は120%です。正しい数値または計算の方法をお知らせください。',
    );
    expect(finding && makeQuestion(finding, sheet, 'en')).toBe(
      'About 4 ひとづくり, ①公営塾の実施: The rate comes to 130% (13 ÷ 10 × 100 = 130). Printed is 120%. ' +
        'Please tell us the right figures, or how they were computed.',
    );
  });
  test('asks for what is missing', () => {
    const asked = makeQuestion(makeFinding('missing-reason', { stated: '未達成' }), sheet);
    expect(asked).toBe(
      '「4 ひとづくり」についてお尋ねします。「未達成」の理由が書かれていません。理由をお知らせください。',
    );
  });
  test('without a name it is still a sentence', () => {
    const nameless = { ...sheet, no: null, name: null, kpis: [] };
    expect(makeQuestion(makeFinding('outlier'), nameless)).toBe(
      '目標と実績が大きくかけ離れています。桁や単位を確かめてください。桁や単位を含め、この数値で正しいかお知らせください。',
    );
  });
});

test('no more findings are kept than anybody reads', () => {
  const kpis = Array.from({ length: findingLimit + 1 }, () => emptyKpi);
  const { findings } = examined({
    layout: 'generic-table',
    title: null,
    municipality: null,
    fiscalYear: null,
    captions: noCaptions,
    projects: [{ ...emptyProject, kpis }],
    findings: [],
  });
  expect(findings).toHaveLength(findingLimit + 1);
  expect(findings.at(-1)?.code).toBe('truncated');
});

/** What the doctor finds in a document: code, severity, number of the project and KPI. */
type Row = readonly [code: string, severity: string, project: number, kpi: number];
const published: readonly (readonly [seed: string, found: readonly Row[]])[] = [
  [
    '000_',
    [
      ['target-already-met', 'doubt', 1, 1], // 1-1
      ['target-already-met', 'doubt', 3, 2], // 2-1
      ['target-already-met', 'doubt', 7, 1], // 3-3
      ['target-already-met', 'doubt', 8, 1], // 3-4
      ['unit-mismatch', 'error', 9, 2], // 4-1
      ['target-already-met', 'doubt', 9, 4], // 4-1
    ],
  ],
  ['001_', [['missing-planned-date', 'doubt', 1, 3]]], // 未計測 without a date
  [
    '002_',
    [
      ['unit-differs', 'doubt', 1, 3], // 回/件
      ['rate-truncated', 'note', 1, 5], // 8.8%
      ['rate-ambiguous', 'doubt', 1, 10], // 55% by 名
      ['unit-differs', 'doubt', 2, 3], // 事業者/社
      ['unit-differs', 'doubt', 2, 7], // 社/件
      ['rate-copied', 'error', 2, 9],
      ['rate-truncated', 'note', 2, 10], // 86.6%
      ['rate-undefined', 'error', 3, 9],
      ['zero-target', 'doubt', 3, 9],
      ['rate-mismatch', 'error', 4, 1], // 130%
      ['unit-differs', 'doubt', 4, 3], // 名/回
      ['rate-ambiguous', 'doubt', 4, 5], // 110% by product
      ['rate-mismatch', 'error', 4, 6], // 90%
    ],
  ],
  [
    '003_',
    [
      ['delta-base', 'note', 1, 1],
      ['delta-base', 'note', 1, 2],
      ['delta-base', 'note', 1, 3],
      ['delta-base', 'note', 2, 1],
      ['target-already-met', 'doubt', 2, 1], // 80件 in R2, 70件 for R4
      ['delta-base', 'note', 2, 2],
      ['delta-base', 'note', 3, 1],
      ['delta-base', 'note', 3, 2],
      ['delta-base', 'note', 3, 3],
      ['baseline-contradicts', 'error', 3, 3], // C-3
    ],
  ],
  [
    '004_',
    [
      ['missing-reason', 'doubt', 1, 4], // ④ is not there
      ['outlier', 'doubt', 2, 4],
      ['not-a-measurement', 'error', 6, 2],
    ],
  ],
];
/** Notes for every KPI, or for every figure that is none. */
const quiet = ['direction-unconfirmed', 'rate-unchecked'];
const seeds = join(root, '..', 'shared', 'seeds');
const atHand = existsSync(seeds) ? readdirSync(seeds) : [];
const documents = published.flatMap(([seed, rows]) => {
  const name = atHand.find((each) => each.startsWith(seed));
  return name ? [{ name, rows }] : [];
});

describe.each(documents)('the real document $name', ({ name, rows }) => {
  const read = async () => {
    const table = await readTable({ name, bytes: readFileSync(join(seeds, name)) });
    if (!table.ok) throw new Error(table.code);
    return table.table.findings;
  };
  test('read and examined: every row of the table, and no other error or doubt', async () => {
    const found = (await read()).flatMap(({ code, severity, field }) =>
      field && !quiet.includes(code)
        ? [[code, severity, field.project + 1, (field.kpi ?? -1) + 1]]
        : [],
    );
    expect(found).toEqual(rows);
  });
  test('no error but the doctor’s, and each at its place in the file', async () => {
    const findings = await read();
    expect(findings.filter(({ severity, field }) => severity === 'error' && !field)).toEqual([]);
    expect(findings.filter(({ field, at }) => field && at === null)).toEqual([]);
  });
});
