/** Brings the lines of the editor into the fragment, and finds places of the one in the other. */
import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { isTag, TAG } from '#protocol/documents.ts';
import { fatesOf, steady } from './bulletdiff.ts';
import {
  bulletsOf,
  editText,
  insertBullet,
  keyOf,
  mergeBullets,
  moveBullet,
  removeBullet,
  textsOf,
  type Bullet,
} from './bullets.ts';
import { editBetween } from './typing.ts';
import type { Units } from './units.ts';

/** A bullet and the node that shows it; none for the empty line of an empty heading. */
export type Pair = { readonly bullet: Bullet | undefined; readonly node: Node };
/** Bullets with a composed word, by key. */
type Pins = ReadonlyMap<string, Units>;

/** @returns the key of each line's bullet, in the order of the lines */
export function applyLines(
  fragment: Y.XmlFragment,
  before: readonly Pair[],
  nodes: readonly Node[],
  pins: Pins,
): readonly string[] {
  const fates = fatesOf(
    before.map(({ bullet, node }) => ({ text: bullet ? node.textContent : '' })),
    nodes.map((node) => ({ text: node.textContent })),
    (from, to) => before[from]?.node === nodes[to],
  );
  const used = new Set(fates.flatMap(({ from }) => from));
  const keys: string[] = [];
  for (const { from, to } of fates) {
    const [at] = from;
    const old = at === undefined || from.length > 1 ? undefined : before[at];
    const olds = from.flatMap((each) => before[each]?.bullet ?? []);
    keys.push(
      old?.bullet && old.node === nodes[to]
        ? old.bullet.key
        : applyLine(fragment, olds, nodes[to], { above: keys, pins }),
    );
  }
  for (const [at, { bullet }] of before.entries()) {
    if (!bullet || used.has(at)) continue;
    const found = bulletsOf(fragment).find(({ key }) => key === bullet.key);
    if (found) removeBullet(fragment, found);
  }
  reorder(fragment, before, keys);
  return keys;
}

/** One line that is new or has other words than before. */
function applyLine(
  fragment: Y.XmlFragment,
  olds: readonly Bullet[],
  node: Node | undefined,
  { above, pins }: { readonly above: readonly string[]; readonly pins: Pins },
): string {
  const text = node?.textContent ?? '';
  const now = new Map(bulletsOf(fragment).map((bullet) => [bullet.key, bullet]));
  const [first, ...others] = olds.filter(({ key }) => now.has(key));
  const units = olds.length === 1 ? pins.get(olds[0]?.key ?? '') : undefined;
  const rest = units ? units.write(text, first && now.get(first.key)) : text;
  if (rest === '' && units && olds[0]) return olds[0].key;
  if (first && !units) {
    for (const { key } of others) mergeBullets(fragment, first.key, key);
    const whole = bulletsOf(fragment).find(({ key }) => key === first.key);
    const edit = whole && editBetween(whole.text, text);
    if (edit) editText(whole, edit);
    if (whole && others.length > 0) dropEmpty(fragment, whole);
    return first.key;
  }
  const behind = above.findLast((key) => now.has(key));
  const tag: unknown = node?.attrs[TAG];
  const made = insertBullet(
    fragment,
    (behind !== undefined && now.get(behind)) || null,
    rest,
    isTag(tag) ? tag : null,
  );
  return keyOf(made);
}

/** What was dragged inside the editor gets a place; nothing else does. */
function reorder(fragment: Y.XmlFragment, before: readonly Pair[], keys: readonly string[]): void {
  const old = before.flatMap(({ bullet }) => bullet?.key ?? []).filter((key) => keys.includes(key));
  const wanted = keys.filter((key) => old.includes(key));
  const kept = steady(old, wanted, undefined);
  for (const [at, key] of wanted.entries()) {
    if (!kept.has(key)) moveBullet(fragment, key, wanted[at - 1] ?? null);
  }
}

/** What was selected and typed over leaves nothing behind, its kind neither. */
function dropEmpty(fragment: Y.XmlFragment, { elements }: Bullet): void {
  for (const element of elements.slice(1)) {
    const at = fragment.toArray().indexOf(element);
    if (at >= 0 && textsOf({ elements: [element] }).every(({ length }) => length === 0)) {
      fragment.delete(at, 1);
    }
  }
}

export function children(doc: Node | undefined): readonly Node[] {
  const nodes: Node[] = [];
  doc?.forEach((node) => nodes.push(node));
  return nodes;
}

/** Where the letters of each line begin. */
export function startsOf(doc: Node): readonly number[] {
  const starts: number[] = [];
  doc.forEach((_, offset) => starts.push(offset + 1));
  return starts;
}

/** Where a point of the document is among the lines; null in another heading, or when it is gone. */
export function positionOf(
  doc: Y.Doc,
  point: Y.RelativePosition,
  bullets: readonly Bullet[],
  starts: readonly number[],
): number | null {
  const found = Y.createAbsolutePositionFromRelativePosition(point, doc);
  if (!found) return null;
  for (const [at, bullet] of bullets.entries()) {
    const start = starts[at];
    if (start === undefined) continue;
    if (bullet.elements.some((element) => element === found.type)) return start;
    let offset = 0;
    for (const text of textsOf(bullet)) {
      if (text === found.type)
        return Math.min(start + offset + found.index, start + bullet.text.length);
      offset += text.length;
    }
  }
  return null;
}
