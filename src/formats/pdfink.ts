/**
 * What a page of a PDF prints: single characters with their place, and straight rules. Follows the
 * operators of pdf.js; knows nothing of words, cells or tables. Units are points, y grows downwards.
 */
import { drawPath, multiply, type Matrix, type Rule } from './pdfpath.ts';

/** A character as printed; `turned` counts quarter turns clockwise of its writing direction. */
export type Glyph = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly turned: 0 | 1 | 2 | 3;
};
export type Ink = {
  readonly glyphs: readonly Glyph[];
  readonly across: readonly Rule[];
  readonly down: readonly Rule[];
  readonly pictures: number;
};
export type Operators = {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
};
/** Numbers of the operators by their name, and whether a font runs downwards and how wide its unit is. */
export type Reading = {
  readonly ops: Readonly<Record<string, number>>;
  readonly font: (name: string) => { readonly vertical: boolean; readonly unit: number };
};

type State = {
  ctm: Matrix;
  line: number;
  font: { readonly vertical: boolean; readonly unit: number };
  size: number;
  charSpacing: number;
  wordSpacing: number;
  stretch: number;
  rise: number;
  leading: number;
  mode: number;
  whiteFill: boolean;
  whiteStroke: boolean;
};

const limits = { glyphs: 120_000, rules: 60_000 } as const;
const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** @param view the matrix from the page to points with y downwards; null when there is too much */
export function readInk(list: Operators, view: Matrix, { ops, font }: Reading): Ink | null {
  const glyphs: Glyph[] = [];
  const across: Rule[] = [];
  const down: Rule[] = [];
  let pictures = 0;
  let placed = -1;
  let state: State = {
    ctm: view,
    line: 1,
    font: { vertical: false, unit: 0.001 },
    size: 0,
    charSpacing: 0,
    wordSpacing: 0,
    stretch: 1,
    rise: 0,
    leading: 0,
    mode: 0,
    whiteFill: false,
    whiteStroke: false,
  };
  const stack: State[] = [];
  let text = identity;
  let row = identity;
  const move = (x: number, y: number): void => {
    row = multiply(row, [1, 0, 0, 1, x, y]);
    text = row;
  };

  const show = (items: readonly unknown[]): void => {
    const { size, font, stretch } = state;
    for (const item of items) {
      if (typeof item === 'number') {
        const shift = (-item / 1000) * size;
        text = multiply(
          text,
          font.vertical ? [1, 0, 0, 1, 0, shift] : [1, 0, 0, 1, shift * stretch, 0],
        );
        continue;
      }
      if (!isGlyph(item)) continue;
      const spacing = state.charSpacing + (item.isSpace === true ? state.wordSpacing : 0);
      const advance = item.width * font.unit * size;
      const m = multiply(state.ctm, text);
      const scale = Math.hypot(m[0], m[1]);
      const printed = item.unicode;
      if (state.mode !== 3 && state.mode !== 7 && printed !== '' && scale > 0) {
        const up = multiply(m, [1, 0, 0, 1, 0, state.rise]);
        const turned = Math.abs(m[0]) >= Math.abs(m[1]) ? (m[0] >= 0 ? 0 : 2) : m[1] > 0 ? 1 : 3;
        const em = Math.abs(size) * Math.hypot(m[2], m[3]);
        glyphs.push({
          text: printed,
          // A font that runs downwards hangs from the middle of its top edge.
          x: up[4] - (font.vertical ? em / 2 : 0),
          y: up[5] + (font.vertical ? em * 0.88 : 0),
          width: font.vertical ? em : Math.abs(advance * stretch * scale),
          size: em,
          turned,
        });
      }
      text = multiply(
        text,
        font.vertical
          ? [1, 0, 0, 1, 0, -size - spacing]
          : [1, 0, 0, 1, (advance + spacing) * stretch, 0],
      );
    }
  };

  const strokes = numbersOf(
    ops,
    'stroke closeStroke fillStroke eoFillStroke closeFillStroke closeEOFillStroke',
  );
  const fills = numbersOf(
    ops,
    'fill eoFill fillStroke eoFillStroke closeFillStroke closeEOFillStroke',
  );
  for (let index = 0; index < list.fnArray.length; index++) {
    const op = list.fnArray[index] ?? -1;
    const given = list.argsArray[index];
    const args: readonly unknown[] = Array.isArray(given) ? given : [];
    const number = (position: number): number => {
      const value = args[position];
      return typeof value === 'number' && Number.isFinite(value) ? value : 0;
    };
    switch (op) {
      case ops['save']:
        if (stack.length < 2000) stack.push({ ...state });
        break;
      case ops['restore']:
        // The library is told to leave pictures out; what remains is the place of one.
        if (placed === index - 1 && isLarge(state.ctm)) pictures++;
        state = stack.pop() ?? state;
        break;
      case ops['transform']:
        state.ctm = multiply(state.ctm, matrixOf(args));
        placed = index;
        break;
      case ops['paintFormXObjectBegin']:
        stack.push({ ...state });
        state.ctm = multiply(state.ctm, matrixOf(args[0]));
        break;
      case ops['paintFormXObjectEnd']:
      case ops['endAnnotation']:
        state = stack.pop() ?? state;
        break;
      case ops['beginAnnotation']:
        stack.push({ ...state });
        state.ctm = multiply(multiply(view, matrixOf(args[2])), matrixOf(args[3]));
        break;
      case ops['setLineWidth']:
        state.line = number(0);
        break;
      case ops['setFillRGBColor']:
        state.whiteFill = isWhite(args);
        break;
      case ops['setStrokeRGBColor']:
        state.whiteStroke = isWhite(args);
        break;
      case ops['setFillColorN']:
        state.whiteFill = false;
        break;
      case ops['setStrokeColorN']:
        state.whiteStroke = false;
        break;
      case ops['constructPath']: {
        const path: unknown = Array.isArray(args[1]) ? (args[1] as unknown[])[0] : null;
        const kind = number(0);
        const drawn = {
          strokes: strokes.has(kind) && !state.whiteStroke,
          fills: fills.has(kind) && !state.whiteFill,
        };
        if (path instanceof Float32Array && (drawn.strokes || drawn.fills))
          drawPath(path, state.ctm, drawn, { across, down });
        break;
      }
      case ops['beginText']:
        text = identity;
        row = identity;
        break;
      case ops['setFont']:
        state.font = font(typeof args[0] === 'string' ? args[0] : '');
        state.size = number(1);
        break;
      case ops['setTextMatrix']:
        row = matrixOf(args[0] instanceof Array || ArrayBuffer.isView(args[0]) ? args[0] : args);
        text = row;
        break;
      case ops['moveText']:
        move(number(0), number(1));
        break;
      case ops['setLeadingMoveText']:
        state.leading = number(1);
        move(number(0), number(1));
        break;
      case ops['setLeading']:
        state.leading = -number(0);
        break;
      case ops['nextLine']:
        move(0, state.leading);
        break;
      case ops['setCharSpacing']:
        state.charSpacing = number(0);
        break;
      case ops['setWordSpacing']:
        state.wordSpacing = number(0);
        break;
      case ops['setHScale']:
        state.stretch = number(0) / 100;
        break;
      case ops['setTextRise']:
        state.rise = number(0);
        break;
      case ops['setTextRenderingMode']:
        state.mode = number(0);
        break;
      case ops['showText']:
        if (Array.isArray(args[0])) show(args[0]);
        break;
    }
    if (glyphs.length > limits.glyphs || across.length + down.length > limits.rules) return null;
  }
  return { glyphs, across, down, pictures };
}

type PdfGlyph = { readonly unicode: string; readonly width: number; readonly isSpace?: unknown };

function isGlyph(item: unknown): item is PdfGlyph {
  return (
    typeof item === 'object' &&
    item !== null &&
    'unicode' in item &&
    typeof item.unicode === 'string' &&
    'width' in item &&
    typeof item.width === 'number'
  );
}

function matrixOf(value: unknown): Matrix {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return identity;
  const list = Array.from(value as ArrayLike<unknown>);
  if (list.length < 6 || list.some((each) => typeof each !== 'number')) return identity;
  return list.slice(0, 6) as unknown as Matrix;
}

/** A picture of half a page and more, not a seal or a logo. */
function isLarge(m: Matrix): boolean {
  return Math.abs(m[0] * m[3] - m[1] * m[2]) > 200_000;
}

function isWhite(args: readonly unknown[]): boolean {
  return typeof args[0] === 'string' && /^#f[b-f]f[b-f]f[b-f]$/i.test(args[0]);
}

function numbersOf(ops: Reading['ops'], names: string): ReadonlySet<number> {
  return new Set(names.split(' ').flatMap((name) => ops[name] ?? []));
}
