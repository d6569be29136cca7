/** Draws bullets in the editor with as few and as small changes as possible. */
import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { BULLET, TAG } from '#protocol/documents.ts';
import { steady } from './bulletdiff.ts';
import type { Bullet } from './bullets.ts';
import { children } from './bulletlines.ts';
import { editBetween } from './typing.ts';

type Change = (tr: Transaction) => Transaction;

/**
 * @param keys of the bullets that are shown now, line by line
 * @param pinned bullets whose line stays as it is, and where it is
 * @returns from the end to the start, so that no position moves before it is used
 */
export function changesOf(
  doc: Node,
  keys: readonly (string | undefined)[],
  bullets: readonly Bullet[],
  pinned: ReadonlySet<string>,
): readonly Change[] {
  const type = doc.type.schema.nodes[BULLET];
  const nodes = children(doc);
  // The empty line of an empty heading is there already.
  const isBare = nodes.length === 1 && nodes[0]?.childCount === 0 && keys[0] === undefined;
  if (!type || (bullets.length === 0 && isBare)) return [];
  const make = ({ tag, text }: Bullet) =>
    type.create({ [TAG]: tag }, text === '' ? null : type.schema.text(text));
  const shown = nodes.map((_, at) => keys[at] ?? `none ${at}`);
  const [pin] = pinned;
  const kept = steady(
    shown,
    bullets.map(({ key }) => key),
    pin,
  );
  const changes: Change[] = [];
  let [place, old, next] = [doc.content.size, nodes.length, bullets.length];
  while (old > 0 || next > 0) {
    let oldAt = old - 1;
    while (oldAt >= 0 && !kept.has(shown[oldAt] ?? '')) oldAt--;
    const nextAt = oldAt < 0 ? -1 : bullets.findIndex(({ key }) => key === shown[oldAt]);
    const size = nodes.slice(oldAt + 1, old).reduce((sum, { nodeSize }) => sum + nodeSize, 0);
    const made = bullets.slice(nextAt + 1, next).map(make);
    // A heading is never without a line.
    if (bullets.length === 0) made.push(type.create());
    const [from, to] = [place - size, place];
    if (size > 0 || made.length > 0) changes.push((tr) => tr.replaceWith(from, to, made));
    const [node, bullet] = [nodes[oldAt], bullets[nextAt]];
    if (!node || !bullet) break;
    place = from - node.nodeSize;
    if (!pinned.has(bullet.key)) changes.push(...edits(place, node, bullet));
    [old, next] = [oldAt, nextAt];
  }
  return changes;
}

/** The letters and the kind of one line. */
function edits(place: number, node: Node, bullet: Bullet): readonly Change[] {
  const edit = editBetween(node.textContent, bullet.text);
  const changes: Change[] = [];
  if (edit) {
    const from = place + 1 + edit.at;
    changes.push((tr) => tr.insertText(edit.added, from, from + edit.removed));
  }
  if (node.attrs[TAG] !== bullet.tag) {
    changes.push((tr) => tr.setNodeAttribute(place, TAG, bullet.tag));
  }
  return changes;
}
