/**
 * Paths of a PDF page as rules: strokes that run straight, and filled shapes so thin that they are
 * lines. Shadings, curves and slanted lines are no rules.
 */

export type Matrix = readonly [number, number, number, number, number, number];
/** A rule: at `at` across, from `from` to `to` along. */
export type Rule = { readonly at: number; readonly from: number; readonly to: number };
export type Rules = { readonly across: Rule[]; readonly down: Rule[] };

/** A filled shape thinner than this (pt) is a rule; shorter ones than `short` are dirt. */
const [thick, short] = [3.2, 1.5];

/** First `n`, then `m`, as PDF writes it. */
export const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

/** @param data steps as pdf.js packs them: 0 move, 1 line, 2 and 3 curves, 4 close */
export function drawPath(
  data: ArrayLike<number>,
  ctm: Matrix,
  drawn: { readonly strokes: boolean; readonly fills: boolean },
  rules: Rules,
): void {
  let points: [number, number][] = [];
  let curved = false;
  const finish = (closed: boolean): void => {
    const [first] = points;
    if (first && !curved && points.length <= 64) {
      if (drawn.fills) {
        const xs = points.map(([x]) => x);
        const ys = points.map(([, y]) => y);
        addRule(rules, [Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]);
      }
      const ends = closed ? [...points, first] : points;
      if (drawn.strokes)
        ends.forEach((end, index) => {
          const before = ends[index - 1];
          if (before) addRule(rules, before, end);
        });
    }
    points = [];
    curved = false;
  };
  for (let index = 0; index < data.length;) {
    const step = data[index];
    if (step === 2 || step === 3) {
      curved = true;
      index += step === 2 ? 7 : 5;
    } else if (step === 0 || step === 1) {
      if (step === 0) finish(false);
      const [x, y] = [data[index + 1] ?? 0, data[index + 2] ?? 0];
      points.push([ctm[0] * x + ctm[2] * y + ctm[4], ctm[1] * x + ctm[3] * y + ctm[5]]);
      index += 3;
    } else {
      finish(true);
      index += 1;
    }
  }
  finish(false);
}

function addRule(
  { across, down }: Rules,
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
): void {
  const [width, height] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
  if (height <= thick && width > short && width > height)
    across.push({ at: (y0 + y1) / 2, from: Math.min(x0, x1), to: Math.max(x0, x1) });
  else if (width <= thick && height > short)
    down.push({ at: (x0 + x1) / 2, from: Math.min(y0, y1), to: Math.max(y0, y1) });
}
