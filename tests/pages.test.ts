/** The pure parts of the pages: the sheet form, the points to check, where a link may lead. */
import { describe, expect, test } from 'vitest';
import { examineSheet } from '#domain/examine.ts';
import type { Finding, FindingSide, ProjectSheet } from '#domain/sheet.ts';
import { parsePasted } from '#formats/table.ts';
import { makeFinding } from '#formats/notice.ts';
import { sampleTable } from '../server/sample.ts';
import { findingsOf } from '../src/lib/sheet/findings.ts';
import { achievements, report } from './fixtures/shapes.ts';
import { ownPath } from '../src/lib/server/door.ts';
import { groupFindings, marksOf } from '../src/routes/(desk)/meetings/[id]/import/findings.ts';
import {
  draftOf,
  newFigure,
  sheetOf,
} from '../src/routes/(desk)/meetings/[id]/setup/items/sheetdraft.ts';

const read = parsePasted({ text: sampleTable() });
if (!read.ok) throw new Error(read.code);
const { projects } = read.table;

describe('the findings of a page', () => {
  test('are those of the file, reasons that its layout asks for among them', () => {
    const [project] = achievements.projects;
    if (!project) throw new Error('no project');
    const silent = {
      ...project,
      kpis: project.kpis.map((kpi) => ({
        ...kpi,
        statedJudgement: 'missed' as const,
        comment: null,
      })),
    };
    const codes = (sheet: ProjectSheet) => findingsOf(sheet, 2024).map(({ code }) => code);
    const asked = [...examineSheet(silent, 2024, 'achievement-list')].map(({ code }) => code);
    expect(asked).toContain('missing-reason');
    expect(codes({ ...silent, layout: 'achievement-list' })).toEqual(asked);
    expect(codes(silent)).not.toContain('missing-reason');
  });

  test('of a form that was filled in by hand count the characters of its boxes', () => {
    const [project] = report.projects;
    const [kpi] = project?.kpis ?? [];
    if (!project || !kpi) throw new Error('no form');
    const long = { ...project, kpis: [{ ...kpi, comment: 'あ'.repeat(301) }] };
    expect(findingsOf(long, 2024).map(({ code }) => code)).toContain('over-limit');
  });
});

describe('the form of a sheet', () => {
  test('an untouched sheet stays the same', () => {
    for (const project of projects) expect(sheetOf(draftOf(project), project)).toEqual(project);
  });

  test('a figure is read anew, and stands in the series and by itself', () => {
    const [project] = projects;
    if (!project) throw new Error('no project');
    const draft = draftOf(project);
    const target = draft.kpis[0]?.figures.find(({ role }) => role === 'finalTarget');
    if (!target) throw new Error('no target');
    target.text = '▲12件';
    const [kpi] = sheetOf(draft, project).kpis;
    expect(kpi?.finalTarget).toMatchObject({ text: '▲12件', value: -12, unit: '件' });
    expect(kpi?.series.find(({ year }) => year === kpi.finalTargetYear)?.target).toEqual(
      kpi?.finalTarget,
    );
  });

  test('a figure without a year and a numbered mark stay what they are', () => {
    const [project] = projects;
    const [kpi] = project?.kpis ?? [];
    const [point] = kpi?.series ?? [];
    if (!project || !kpi || !point) throw new Error('no figures');
    const undated = { ...kpi, mark: '12', series: [{ ...point, year: null }] };
    const bare = {
      ...undated,
      baseline: null,
      baselineYear: null,
      finalTarget: null,
      finalTargetYear: null,
    };
    const sheet = { ...project, kpis: [bare, { ...bare, mark: '②' }] };
    expect(sheetOf(draftOf(sheet), sheet)).toEqual(sheet);
  });

  test('what is no figure keeps its text without a value', () => {
    const [project] = projects;
    if (!project) throw new Error('no project');
    const draft = draftOf(project);
    draft.kpis[0]?.figures.push({ ...newFigure('actual', 2025), text: '集計中' });
    const point = sheetOf(draft, project).kpis[0]?.series.find(({ year }) => year === 2025);
    expect(point?.actual).toMatchObject({ text: '集計中', value: null });
  });
});

describe('points to check', () => {
  const findings = [
    makeFinding('direction-unconfirmed', { project: '1-1', kpi: '来場者数' }),
    makeFinding('value-unreadable', { project: '1-1', kpi: '来場者数', stated: 'たくさん' }),
    makeFinding('unit-mismatch', { project: '4-1', kpi: '割合', stated: '77名 / 43%' }),
    makeFinding('value-unreadable', { project: '2-1', kpi: '件数', stated: '多数' }),
  ];

  test('one entry per kind, the worst first', () => {
    expect(groupFindings(findings).map(({ code, findings: all }) => [code, all.length])).toEqual([
      ['unit-mismatch', 1],
      ['value-unreadable', 2],
      ['direction-unconfirmed', 1],
    ]);
  });

  const columns = [
    { group: null, caption: '現状値', role: 'baseline', year: 2019 },
    { group: null, caption: '実績値', role: 'actual', year: 2024 },
    { group: null, caption: '最終目標値', role: 'finalTarget', year: 2026 },
  ] as const;
  const [baseline, actual, finalTarget] = columns;
  const codesOf = (found: readonly Finding[]) => found.map(({ code }) => code);

  test('a quoted figure is marked in its cell, anything else in its row, a note nowhere', () => {
    const marks = marksOf(findings, columns);
    const visitors = { project: 0, kpi: 0, named: '1-1', label: '来場者数' };
    const share = { project: 1, kpi: 0, named: '4-1', label: '割合' };
    expect(codesOf(marks.figure(visitors, actual, 'たくさん'))).toEqual(['value-unreadable']);
    expect(codesOf(marks.figure(share, actual, 'たくさん'))).toEqual([]);
    expect(codesOf(marks.kpi(share))).toEqual(['unit-mismatch']);
    expect(codesOf(marks.kpi(visitors))).toEqual([]);
  });

  test('what the doctor finds stands at its figure, or at the indicator where no column shows it', () => {
    const at = (side: FindingSide, year: number | '当初' | null, kpi: number | null = 1) =>
      ({ project: 2, kpi, side, year }) as const;
    const found = [
      makeFinding('outlier', { field: at('actual', 2024) }),
      makeFinding('unit-mismatch', { field: at('actual', 2019) }),
      makeFinding('zero-target', { field: at('target', 2026) }),
      makeFinding('rate-mismatch', { field: at('rate', 2024) }),
      makeFinding('sum-mismatch', { field: at('comment', null, null) }),
      makeFinding('rate-truncated', { field: at('rate', 2024) }),
    ];
    const marks = marksOf(found, columns);
    const place = { project: 2, kpi: 1, named: null, label: null };
    expect(codesOf(marks.figure(place, actual, ''))).toEqual(['outlier']);
    expect(codesOf(marks.figure(place, baseline, ''))).toEqual(['unit-mismatch']);
    expect(codesOf(marks.figure(place, finalTarget, ''))).toEqual(['zero-target']);
    expect(codesOf(marks.kpi(place))).toEqual(['rate-mismatch']);
    expect(codesOf(marks.project(2, null))).toEqual(['sum-mismatch']);
    expect(codesOf(marks.kpi({ ...place, kpi: 0 }))).toEqual([]);
  });
});

test.each([
  ['/meetings/1?item=2', '/meetings/1?item=2'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['https://elsewhere.example', '/'],
  ['/a\nb', '/'],
  [null, '/'],
])('a way back stays in the house: %j', (asked, path) => {
  expect(ownPath(asked)).toBe(path);
});
