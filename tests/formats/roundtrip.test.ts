import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { EvaluationTable, Kpi, ProjectSheet } from '#domain/sheet.ts';
import { makeQuantity } from '#formats/quantity.ts';
import { makeResultWorkbook } from '#formats/resultworkbook.ts';
import { makeDocument } from '#formats/export.ts';
import { parseTable, readTable } from '#formats/table.ts';
import { kpi, project, projects, table } from '../fixtures/resultsample.ts';

function readBack(made: EvaluationTable): EvaluationTable {
  const read = parseTable({ name: 'result.xlsx', bytes: makeResultWorkbook(made) });
  if (!read.ok) throw new Error(read.code);
  return read.table;
}

async function readWord(made: EvaluationTable): Promise<EvaluationTable> {
  const bytes = await makeDocument({ table: made, shape: 'result-table' });
  const read = await readTable({ name: 'result.docx', bytes });
  if (!read.ok) throw new Error(read.code);
  return read.table;
}

/** What a table says, without the doubts that reading it raised. */
const said = (made: EvaluationTable): EvaluationTable => ({ ...made, findings: [] });

/** What a person fills in; unit and direction of a KPI the reader adds from its figures. */
const typed = (made: EvaluationTable): EvaluationTable => ({
  ...said(made),
  projects: made.projects.map((each) => ({ ...each, kpis: each.kpis.map(asTyped) })),
});
const asTyped = (each: Kpi): Kpi => ({ ...each, unit: null, direction: null });

test('the sample comes back as it went out', () => {
  expect(typed(readBack(table))).toEqual(typed(table));
});

test('the sample comes back from Word as it went out', async () => {
  expect(typed(await readWord(table))).toEqual(typed(table));
});

test('what came in from a file goes out and comes in the same', () => {
  const once = readBack(table);
  expect(said(readBack(once))).toEqual(said(once));
});

const seed = new URL('../../../shared/seeds/000_7abee824be6b8721.txt', import.meta.url);
const seeds = existsSync(seed)
  ? [{ name: 'seed.txt', bytes: new Uint8Array(readFileSync(seed)) }]
  : [];
test('a published table in its own words comes back as it was read', () => {
  for (const file of seeds) {
    const read = parseTable(file);
    if (!read.ok) throw new Error(read.code);
    expect(said(readBack(read.table))).toEqual(said(read.table));
  }
});

test('opinions over more room than one cell has come back whole', () => {
  const text = '学校と家庭の双方に知らせる方法を考えてほしい。'.repeat(30);
  const opinions = Array.from({ length: 12 }, (_, index) => ({
    heading: index < 5 ? '【R6実績について】' : '【今後の方針等について】',
    text: `${index + 1}点目は、${text}`,
  }));
  const made = { ...table, projects: projects.map((each) => ({ ...each, opinions })) };
  expect(typed(readBack(made)).projects).toEqual(typed(made).projects);
});

describe('generated tables', () => {
  const letters = [...'地域事業支援推進観光移住子育てデジタルみらいづくりABC19ー・（）「」'];
  const text = (max: number) =>
    fc
      .array(fc.constantFrom(...letters), { minLength: 1, maxLength: max })
      .map((all) => `地${all.join('')}`);
  const risky = fc.constantFrom('', '', '', '=', '+', '-', '@');
  const figure = fc.oneof(
    { weight: 1, arbitrary: fc.constant('—') },
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.oneof(
            fc.integer({ min: -99_999, max: 999_999 }),
            fc.integer({ min: 0, max: 9_999 }).map((n) => n / 10),
          ),
          fc.constantFrom(null, '件', '人', '%', '世帯', '円'),
          fc.constantFrom(null, null, '以上', '程度'),
        )
        .map((all) => makeQuantity(...all).text),
    },
  );
  const kpis = fc
    .tuple(
      fc.constantFrom('総合戦略におけるKPI', 'その他のKPI'),
      text(30),
      fc.tuple(figure, figure, figure, figure),
    )
    .map(([kind, label, figures]) => kpi(kind, label, figures));
  const lead = '事業の進め方と得られた成果について、次のとおり意見を述べる。';
  const opinions = fc.array(fc.tuple(fc.boolean(), text(200)), { maxLength: 8 }).map((all) =>
    all
      .map(([later, words]) => ({
        heading: later ? '【今後の方針等について】' : '【R6実績について】',
        text: `${lead}${words.replaceAll('・', '')}。`,
      }))
      .sort((a, b) => Number(a.heading > b.heading) - Number(a.heading < b.heading)),
  );
  const ratings = [
    [4, '地方創生に非常に効果があった'],
    [3, '地方創生に相当程度効果があった'],
    [2, '地方創生に効果があった'],
    [1, '地方創生に効果がなかった'],
    [null, null],
  ] as const;
  const sheet = fc
    .record({
      name: fc.tuple(risky, text(60)).map((all) => all.join('')),
      section: fc.array(
        text(8).map((words) => `${words.replaceAll(/[・（）「」]/g, '')}課`),
        { maxLength: 3 },
      ),
      goals: fc.array(text(40), { maxLength: 4 }),
      kpis: fc.array(kpis, { minLength: 1, maxLength: 5 }),
      rating: fc.constantFrom(...ratings),
      opinions,
    })
    .map(({ section, goals, rating, ...rest }) =>
      project({
        ...rest,
        sections: section,
        strategyGoals: goals.map((goal, index) => `基本目標${index + 1} ${goal}`),
        rating: rating[0],
        ratingText: rating[1],
      }),
    );
  const tables = fc.array(sheet, { minLength: 1, maxLength: 6 }).map((all): EvaluationTable => ({
    ...table,
    projects: all.map((each, index): ProjectSheet => ({ ...each, no: `${index + 1}-1` })),
  }));

  test('go out and come back equal', () => {
    fc.assert(
      fc.property(tables, (made) => {
        expect(typed(readBack(made))).toEqual(typed(made));
      }),
      { numRuns: 60 },
    );
  });

  test('go out to Word and come back equal', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (made) => {
        expect(typed(await readWord(made))).toEqual(typed(made));
      }),
      { numRuns: 15 },
    );
  });
});
