import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Direction, EvaluationTable, Kpi } from '#domain/sheet.ts';
import { makeWorkbook as makeBook } from '#formats/export.ts';
import { parsePasted, parseTable, type TableRead } from '#formats/table.ts';
import { damageLines, isSilent, misreadings } from '../fixtures/damage.ts';
import {
  exampleText,
  form,
  makeFormRows,
  makeFormText,
  people,
  wrap,
  type Form,
} from '../fixtures/reportform.ts';
import { report as sample } from '../fixtures/shapes.ts';
import { makeWorkbook } from '../fixtures/workbook.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const readText = (text: string): TableRead => parseTable({ name: 'a.txt', bytes: utf8(text) });
function tableOf(read: TableRead): EvaluationTable {
  if (!read.ok) throw new Error(read.code);
  return read.table;
}
const tsv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (cell.includes('\n') ? `"${cell}"` : cell)).join('\t'))
    .join('\n');
const codesOf = (table: EvaluationTable): readonly string[] =>
  table.findings.map(({ code }) => code);

const text = makeFormText(form);
const sources: readonly (readonly [string, () => EvaluationTable])[] = [
  ['the text of a PDF', () => tableOf(readText(text))],
  [
    'its cells as a workbook',
    () => tableOf(parseTable({ name: 'a.xlsx', bytes: makeWorkbook(makeFormRows(form)) })),
  ],
  ['its cells pasted', () => tableOf(parsePasted({ text: tsv(makeFormRows(form)) }))],
];

const directions: readonly Direction[] = ['increase', 'decrease', 'increase', 'zero', 'decrease'];

describe.each(sources)('%s', (_source, read) => {
  const table = read();
  const [project] = table.projects;

  test('is one project of one municipality and year', () => {
    expect(table).toMatchObject({
      layout: 'report-form',
      municipality: '会津美里町',
      fiscalYear: 2023,
    });
    expect(table.title).toContain('事業実施報告書様式');
    expect(table.projects).toHaveLength(1);
    expect(project).toMatchObject({ no: null, name: form.name, sections: ['政策財政課'] });
  });

  test('five KPIs with figures and words of both years; empty frames and examples are left out', () => {
    const said = { 達成: 'achieved', 未達成: 'missed', 未計測: 'unmeasured' } as const;
    const number = (printed: string): number | null =>
      printed === '未計測' ? null : Number(printed.replace(',', ''));
    expect(
      project?.kpis.map(({ mark, kind, label, unit, direction, statedJudgement, comment }) => ({
        mark,
        kind,
        label,
        unit,
        direction,
        statedJudgement,
        comment,
      })),
    ).toEqual(
      form.kpis.flatMap((kpi, index) =>
        kpi === null
          ? []
          : [
              {
                mark: kpi.mark,
                kind: kpi.kind,
                label: kpi.label,
                unit: kpi.unit,
                direction: directions[index],
                statedJudgement: said[kpi.years[1]?.status as keyof typeof said],
                comment: kpi.achieved || kpi.missed,
              },
            ],
      ),
    );
    expect(
      project?.kpis.map(({ series }) =>
        series.map((point) => [
          point.year,
          point.target?.text,
          point.target?.value,
          point.actual?.text,
          point.actual?.value,
          point.statedJudgement,
          point.comment,
        ]),
      ),
    ).toEqual(
      form.kpis.flatMap((kpi) =>
        kpi === null
          ? []
          : [
              kpi.years.map(({ year, target, actual, status }) => [
                year,
                target,
                number(target),
                actual,
                number(actual),
                said[status as keyof typeof said],
                year === 2023 ? kpi.achieved || kpi.missed : null,
              ]),
            ],
      ),
    );
    expect(JSON.stringify(table)).not.toContain(exampleText.slice(0, 12));
    expect(JSON.stringify(table)).not.toContain('窓口の仕事');
  });

  test('the unit of a frame speaks for its figures', () => {
    expect(project?.kpis[2]?.series[1]?.target).toEqual({
      text: '5,000',
      value: 5000,
      unit: 'アクセス',
      qualifier: null,
    });
  });

  test('budget and settlement in 千円, their totals, and the settled total in yen', () => {
    const { planned, settled } = project?.report ?? {};
    const amount = (printed: string, value: number) => ({
      text: printed,
      value,
      unit: '千円',
      qualifier: null,
    });
    expect(planned?.costs).toEqual([
      { name: '見守り端末の借上げ', amount: amount('2,000', 2000) },
      { name: '窓口システムの運用経費', amount: amount('1,200', 1200) },
    ]);
    expect(settled?.costs.map((line) => line.amount?.value)).toEqual([1850, 1200]);
    expect(planned?.statedCosts).toEqual(amount('3,200', 3200));
    expect(settled?.statedCosts).toEqual(amount('3,050', 3050));
    expect(planned?.statedIncomes).toEqual({ text: '-', value: null, unit: null, qualifier: null });
    expect(settled?.statedBalance).toEqual(amount('-3,050', -3050));
    expect(project?.costYen).toBe(3_050_000);
  });

  test('what else the form says, with 回答済 and not', () => {
    expect(project?.report).toMatchObject({
      writtenOn: '2024年6月19日',
      prefecture: '福島県',
      municipality: '会津美里町',
      municipalityCode: '07447',
      cooperation: '単独',
      parts: [
        { name: '推進体制', answered: true },
        { name: 'サービス運営', answered: true },
        { name: '周知・広報', answered: false },
        { name: '評価・改善', answered: true },
      ],
    });
  });

  test('no person, telephone number or address comes out', () => {
    for (const person of [...people, '参事']) expect(JSON.stringify(table)).not.toContain(person);
  });
});

describe('a form with one thing wrong', () => {
  const whole = tableOf(readText(text));
  const damaged = damageLines(text).map(({ what, text }) => ({ what, read: readText(text) }));

  test('has fewer values and a finding, never a wrong value', () => {
    expect(damaged.length).toBeGreaterThan(500);
    for (const { what, read } of damaged) {
      const table = tableOf(read);
      expect(misreadings(whole, table), what).toEqual([]);
      expect(isSilent(whole, table), what).toBe(false);
    }
  });

  test('gives no comment to another KPI, and nobody’s name away', () => {
    const own = new Map(form.kpis.flatMap((kpi) => (kpi ? [[kpi.mark, kpi] as const] : [])));
    for (const { what, read } of damaged) {
      const table = tableOf(read);
      for (const person of people) expect(JSON.stringify(table), what).not.toContain(person);
      for (const { mark, label, comment } of table.projects[0]?.kpis ?? []) {
        const kpi = own.get(mark ?? '') ?? [...own.values()].find((other) => other.label === label);
        // A line may be lost, doubled or moved, but each is one of the KPI's own.
        const lines = [...wrap(kpi?.achieved ?? ''), ...wrap(kpi?.missed ?? '')];
        const rest = lines.reduce((text, line) => text.replaceAll(line, ''), comment ?? '');
        expect(rest.trim(), what).toBe('');
      }
    }
  });
});

const changed = (
  change: (
    kpi: NonNullable<Form['kpis'][number]>,
    index: number,
  ) => Partial<NonNullable<Form['kpis'][number]>>,
): Form => ({
  ...form,
  kpis: form.kpis.map((kpi, index) => kpi && { ...kpi, ...change(kpi, index) }),
});
const kpisOf = (given: Form, pages?: readonly number[]): readonly Kpi[] =>
  tableOf(readText(makeFormText(given, pages))).projects[0]?.kpis ?? [];

describe('other forms of the kind', () => {
  test('other years', () => {
    const later: Form = {
      ...changed((kpi) => ({ years: kpi.years.map((year) => ({ ...year, year: year.year + 2 })) })),
      years: [2024, 2025],
    };
    const table = tableOf(readText(makeFormText(later)));
    expect(table.fiscalYear).toBe(2025);
    expect(table.projects[0]?.kpis[0]?.series.map(({ year }) => year)).toEqual([2024, 2025]);
  });

  test('a filled frame behind an empty one, and one alone on its page', () => {
    const [one, two, three, four, five] = form.kpis;
    const spread: Form = {
      ...form,
      kpis: [
        one ?? null,
        null,
        two ?? null,
        null,
        three ?? null,
        null,
        null,
        null,
        null,
        four ?? null,
        null,
        five ?? null,
        null,
        null,
        null,
      ],
    };
    expect(kpisOf(spread).map(({ mark, label }) => [mark, label])).toEqual([
      ['①', one?.label],
      ['③', two?.label],
      ['⑤', three?.label],
      ['⑩', four?.label],
      ['⑫', five?.label],
    ]);
  });

  test('eighteen KPIs on pages of another size', () => {
    const [sample] = form.kpis;
    if (!sample) throw new Error('the form has a first KPI');
    const marks = [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱'];
    const many = marks.map((mark, index) => ({
      ...sample,
      mark,
      label: `${index + 1}番目の取組の参加者数`,
      years: sample.years.map((year) => ({
        ...year,
        target: String(index + 10),
        actual: String(index + 1),
        status: '未達成',
      })),
    }));
    expect(
      kpisOf({ ...form, kpis: many }, [2, 8, 8]).map(({ mark, label, series }) => [
        mark,
        label,
        series[1]?.target?.value,
      ]),
    ).toEqual(marks.map((mark, index) => [mark, `${index + 1}番目の取組の参加者数`, index + 10]));
  });

  test('full-width figures and figures with a blank in them', () => {
    const wide = makeFormText(form)
      .replace('6 6.8 達成', '６ ６．８ 達成')
      .replace('1,000 未計測', '1, 000 未計測');
    const [first, , third] = tableOf(readText(wide)).projects[0]?.kpis ?? [];
    expect(
      [first?.series[0]?.target, first?.series[0]?.actual].map((figure) => [
        figure?.text,
        figure?.value,
      ]),
    ).toEqual([
      ['６', 6],
      ['６．８', 6.8],
    ]);
    expect(third?.series[0]?.target?.value).toBe(1000);
  });

  test('a single figure before 達成状況 does not say whether it is the target or the actual', () => {
    const table = tableOf(readText(text.replace('\n7 6.8 未達成', '\n7 未達成')));
    const point = table.projects[0]?.kpis[0]?.series[1];
    expect(point).toMatchObject({
      year: 2023,
      target: null,
      actual: null,
      statedJudgement: 'missed',
    });
    expect(table.findings).toContainEqual(
      expect.objectContaining({ code: 'value-unreadable', kpi: '①', stated: '7 未達成' }),
    );
  });

  test('減少KPI against the printed 達成状況 leaves the direction open', () => {
    const table = tableOf(
      readText(makeFormText(changed((_, index) => (index === 1 ? { flag: '' } : {})))),
    );
    expect(table.projects[0]?.kpis[1]?.direction).toBeNull();
    expect(codesOf(table)).toContain('flag-contradicts');
  });

  test('boxes whose printed lengths belong to other frames are given to nobody', () => {
    const [one, , three] = form.kpis;
    // The counts of ① and ③ change places; the texts stay.
    const [first, third] = [one, three].map(
      (kpi) => `\n${[...(kpi?.missed ?? '')].length}\n/300字`,
    );
    const swapped = text
      .replace(first ?? '', '\n#\n/300字')
      .replace(third ?? '', first ?? '')
      .replace('\n#\n/300字', third ?? '');
    const table = tableOf(readText(swapped));
    expect(codesOf(table)).toContain('order-undecided');
    const comments = table.projects[0]?.kpis.map(({ label, comment }) => [label, comment]) ?? [];
    expect(comments).not.toContainEqual([one?.label, three?.missed]);
    expect(comments).not.toContainEqual([three?.label, one?.missed]);
  });

  test('a box that is shorter than its count is kept and told', () => {
    const table = tableOf(readText(text.replace('あわせて案内板を', '')));
    expect(table.projects[0]?.kpis[0]?.comment).toContain('機器の納入が遅れて');
    expect(codesOf(table)).toContain('length-differs');
  });

  test('planned and settled money that cannot be told apart is left out', () => {
    const table = tableOf(
      readText(
        text.replace(
          /窓口システムの運用経費 +1,200 窓口システムの運用経費 +1,200/,
          '窓口システムの運用経費 1,200',
        ),
      ),
    );
    expect(table.projects[0]?.report?.planned.costs).toHaveLength(1);
    expect(table.projects[0]?.report?.settled.costs).toHaveLength(1);
    expect(codesOf(table)).toContain('value-unreadable');
  });
});

describe('no report form', () => {
  test.each([
    [
      'a form nobody has filled in',
      makeFormText({ ...form, name: '', kpis: form.kpis.map(() => null) }),
    ],
    [
      'minutes that speak of one',
      '第1回会議 議事録\n\n事務局 KPI①の目標値と実績値を事業実施報告書に書いています。\n委員 わかりました。',
    ],
    [
      'its budget alone',
      '経費項目 金額（単位：千円） 経費項目 金額（単位：千円）\n借上げ 2,000 借上げ 1,850\n経費合計 2,000 経費合計 1,850',
    ],
  ])('%s', (_what, text) => {
    expect(readText(text)).toEqual({ ok: false, code: 'no-evaluation-table' });
  });
});

const seed = new URL('../../../shared/seeds/001_0bf20877f7f1864b.txt', import.meta.url);
describe.each(existsSync(seed) ? ['the real document'] : [])('%s', () => {
  const read = (): EvaluationTable =>
    tableOf(parseTable({ name: 'seed.txt', bytes: readFileSync(seed) }));

  test('one project, five KPIs over two years with their comments', () => {
    const table = read();
    expect(table).toMatchObject({
      layout: 'report-form',
      municipality: '会津美里町',
      fiscalYear: 2023,
    });
    expect(table.projects.map(({ name }) => name)).toEqual([
      '全方位デジタル社会形成に向けた町内全域WiFi通信基盤の構築',
    ]);
    expect(
      table.projects[0]?.kpis.map(({ mark, label, unit, series, comment }) => [
        mark,
        label,
        unit,
        ...series.flatMap(({ year, target, actual }) => [year, target?.text, actual?.text]),
        comment?.length,
      ]),
    ).toEqual([
      ['①', '住民の満足度・幸福度', '点', 2022, '6', '6.8', 2023, '7', '6.8', 289],
      [
        '②',
        '住民に必要な情報が提供されているか',
        'パーセント',
        2022,
        '75',
        '66.9',
        2023,
        '75',
        '71.3',
        179,
      ],
      [
        '③',
        'キャプティブポータルサイトアクセス数',
        'アクセス',
        2022,
        '1000',
        '未計測',
        2023,
        '5000',
        '未計測',
        164,
      ],
      ['④', '地域プラットフォーム連携事業者数', '件', 2022, '20', '未計測', 2023, '30', '1', 197],
      [
        '⑤',
        '行政手続きのオンライン申請の割合',
        'パーセント',
        2022,
        '5',
        '5.6',
        2023,
        '20',
        '66',
        150,
      ],
    ]);
  });

  test('nobody’s name, role, telephone number or mail', () => {
    const head = readFileSync(seed, 'utf8')
      .split('\n')
      .filter((line) => /責任者名|電話番号/.test(line));
    const said = head.flatMap((line) =>
      [...line.matchAll(/(?:責任者名|責任者役職|担当者名|電話番号|メールアドレス) (\S+)/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    expect(said).toHaveLength(5);
    for (const text of said) expect(JSON.stringify(read())).not.toContain(text);
  });
});

test('a workbook of a hundred forms whose names begin alike is written and read back whole', () => {
  const [project] = sample.projects;
  if (!project) throw new Error('no form');
  const names = Array.from(
    { length: 101 },
    (_, index) => `全方位デジタル社会形成に向けた町内全域の通信基盤の構築${index}`,
  );
  const kpis = project.kpis.slice(0, 1);
  const projects = names.map((name) => ({ ...project, name, kpis }));
  const bytes = makeBook({ table: { ...sample, projects }, shape: 'report-form' });
  const back = parseTable({ name: 'a.xlsx', bytes });
  expect(back.ok && back.table.projects.map(({ name }) => name)).toEqual(names);
});
