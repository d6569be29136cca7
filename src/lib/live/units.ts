/**
 * The letters of a bullet by their Yjs ids, taken down when a Japanese word begins to be composed: what
 * is composed finds its place afterwards, whatever others have typed, moved or merged meanwhile.
 */
import * as Y from 'yjs';
import { placeIn, textsOf, type Bullet } from './bullets.ts';
import { editBetween } from './typing.ts';

type Spot = { readonly text: Y.XmlText; readonly at: number };

export class Units {
  readonly #doc: Y.Doc;
  /** What the editor showed when this was last brought up to date. */
  text: string;
  #units: readonly Y.RelativePosition[];

  constructor(doc: Y.Doc, bullet: Bullet) {
    this.#doc = doc;
    this.text = bullet.text;
    this.#units = textsOf(bullet).flatMap((text) => unitsOf(text, 0, text.length));
  }

  /**
   * Brings what the editor shows now into the document.
   * @param current the bullet as it stands now; undefined when it is gone
   * @returns the words that have no place any more
   */
  write(shown: string, current: Bullet | undefined): string {
    const edit = editBetween(this.text, shown);
    if (!edit) return '';
    const end = edit.at + edit.removed;
    const removed = this.#units.slice(edit.at, end).flatMap((unit) => this.#living(unit) ?? []);
    for (const { text, at, length } of runs(removed).toReversed()) text.delete(at, length);
    this.text = shown;
    const spot = edit.added === '' ? null : this.#spot(edit.at, end, current);
    let made: readonly Y.RelativePosition[] = [];
    if (spot) {
      spot.text.insert(spot.at, edit.added);
      made = unitsOf(spot.text, spot.at, edit.added.length);
    }
    this.#units = [...this.#units.slice(0, edit.at), ...made, ...this.#units.slice(end)];
    return spot ? '' : edit.added;
  }

  /** The point behind the first so many letters; undefined at the very beginning. */
  pointBehind(count: number): Y.RelativePosition | undefined {
    const unit = this.#units[count - 1];
    return unit && new Y.RelativePosition(unit.type, unit.tname, unit.item, -1);
  }

  /** Behind the letter it was typed behind, else before the one that followed. */
  #spot(start: number, end: number, current: Bullet | undefined): Spot | null {
    const left = this.#units[start - 1];
    const right = this.#units[end];
    const behind = left && this.#place(left);
    if (behind) return { text: behind.text, at: behind.at + (behind.isAlive ? 1 : 0) };
    const before = right && this.#place(right);
    if (before) return before;
    if (!current) return null;
    const place = placeIn(current, current.text.length);
    if (place) return place;
    const text = new Y.XmlText();
    current.elements[0]?.insert(0, [text]);
    return { text, at: 0 };
  }

  #living(unit: Y.RelativePosition): Spot | undefined {
    const place = this.#place(unit);
    return place?.isAlive ? place : undefined;
  }

  /** Undefined where not even the bullet is left. */
  #place(unit: Y.RelativePosition): (Spot & { isAlive: boolean }) | undefined {
    const found = Y.createAbsolutePositionFromRelativePosition(unit, this.#doc);
    if (!(found?.type instanceof Y.XmlText) || !unit.item) return undefined;
    for (let node: unknown = found.type; node instanceof Y.AbstractType; node = node.parent) {
      if (node._item?.deleted) return undefined;
    }
    const item: unknown = Y.getItem(this.#doc.store, unit.item);
    const isAlive = item instanceof Y.Item && !item.deleted;
    return { text: found.type, at: found.index, isAlive };
  }
}

const unitsOf = (text: Y.XmlText, from: number, count: number): readonly Y.RelativePosition[] =>
  Array.from({ length: count }, (_, index) =>
    Y.createRelativePositionFromTypeIndex(text, from + index),
  );

/** Letters side by side go together: half a character must never go alone. */
function runs(spots: readonly Spot[]): { text: Y.XmlText; at: number; length: number }[] {
  const found: { text: Y.XmlText; at: number; length: number }[] = [];
  for (const { text, at } of spots) {
    const last = found.at(-1);
    if (last?.text === text && last.at + last.length === at) last.length += 1;
    else found.push({ text, at, length: 1 });
  }
  return found;
}
