/** Rules [K19] to [K21]: the level the KPIs suggest, and where the definitions say nothing. */
import { describe, expect, test } from 'vitest';
import { guideFor } from '#domain/guide.ts';
import { emptyKpi, emptyPoint, emptyProject, type Direction, type Kpi } from '#domain/sheet.ts';
import { parseQuantity } from '#formats/quantity.ts';

type Figures = { from?: string; now: string; to: string; direction?: Direction };

const kpi = ({ from, now, to, direction = 'increase' }: Figures): Kpi => {
  const target = parseQuantity(to);
  const actual = parseQuantity(now);
  return {
    ...emptyKpi,
    label: '参加者数',
    direction,
    baseline: from === undefined ? null : parseQuantity(from),
    baselineYear: 2019,
    finalTarget: target,
    finalTargetYear: 2024,
    series: [{ ...emptyPoint(2024), actual, target }],
  };
};
const guide = (generation: '2015' | '2016', ...figures: Figures[]) => {
  const { level, hole } = guideFor({ ...emptyProject, kpis: figures.map(kpi) }, 2024, generation);
  return level ?? hole;
};
const reached = { from: '50人', now: '100人', to: '100人' };
const near = { from: '50人', now: '75人', to: '100人' };
const between = { from: '50人', now: '90人', to: '100人' };
const forward = { from: '20人', now: '40人', to: '100人' };
const back = { from: '50人', now: '40人', to: '100人' };
const unmoved = { from: '40人', now: '40人', to: '100人' };
const startless = { now: '40人', to: '100人' };

describe('2015', () => {
  test('[K19] a share of 70 to 80 % is 3, reached is 4, better is 2, worse is 1', () => {
    expect(guide('2015', reached)).toBe(4);
    expect(guide('2015', near)).toBe(3);
    expect(guide('2015', forward)).toBe(2);
    expect(guide('2015', back)).toBe(1);
  });

  test('[K19] says nothing between 80 and 100 %, without a start, and where nothing moved', () => {
    expect(guide('2015', between)).toBe('between');
    expect(guide('2015', startless)).toBe('no-baseline');
    expect(guide('2015', unmoved)).toBe('unmoved');
    expect(guide('2015')).toBe('no-kpi');
  });

  test('[K19] several KPIs have a level together only where all say the same', () => {
    expect(guide('2015', reached, reached)).toBe(4);
    expect(guide('2015', reached, forward)).toBe('disagree');
    expect(guide('2015', reached, between)).toBe('between');
  });
});

describe('2016', () => {
  test('[K20] all reached is 4, some is 3, none but forward is 2, none and back or still is 1', () => {
    expect(guide('2016', reached, reached)).toBe(4);
    expect(guide('2016', reached, forward)).toBe(3);
    expect(guide('2016', forward, between)).toBe(2);
    expect(guide('2016', back)).toBe(1);
    expect(guide('2016', unmoved, back)).toBe(1);
  });

  test('[K20] cannot tell without a start, and where one is lost while others moved', () => {
    expect(guide('2016', startless)).toBe('no-baseline');
    expect(guide('2016', reached, startless)).toBe('no-baseline');
    expect(guide('2016', reached, back)).toBe('disagree');
    expect(guide('2016', forward, back)).toBe('disagree');
  });
});

test('[K21] better than before is told in the direction of the KPI', () => {
  const fewer = { from: '50件', now: '40件', to: '20件', direction: 'decrease' } as const;
  expect(guide('2016', fewer)).toBe(2);
  expect(guide('2016', { ...fewer, now: '60件' })).toBe(1);
  expect(guide('2015', { ...fewer, now: '60件' })).toBe(1);
});

test('[K19] a KPI that cannot be judged leaves the whole open, and is named', () => {
  const project = { ...emptyProject, kpis: [kpi(reached), { ...kpi(forward), direction: null }] };
  for (const generation of ['2015', '2016'] as const) {
    expect(guideFor(project, 2024, generation)).toMatchObject({
      level: null,
      hole: 'not-judged',
      deciding: [1],
    });
  }
});
