/**
 * [Y23] Whether the new items of an edit stand where somebody could have put them. Yjs keeps all
 * copies equal only for edits somebody could have made: an item was put between two neighbours, so
 * whatever stands between them now must be something its author did not know of. A forged pair of
 * neighbours makes pages differ for ever, without an error. Looks at the document after the edit.
 */
import * as Y from 'yjs';
import type { Edit } from './edit.ts';

/** @param patience how many items may be looked at before the edit counts as unplaceable */
export function couldBeMade(doc: Y.Doc, edit: Edit, patience: number): boolean {
  const look = new Look(doc, patience);
  return edit.structs.every(({ client, clock, length }) => look.all(client, clock, length));
}

class Look {
  readonly #store: Y.Doc['store'];
  #patience: number;

  constructor(doc: Y.Doc, patience: number) {
    this.#store = doc.store;
    this.#patience = patience;
  }

  all(client: number, clock: number, length: number): boolean {
    const structs = this.#store.clients.get(client) ?? [];
    for (let at = Y.findIndexSS(structs, clock); at < structs.length; at++) {
      const struct = structs[at];
      if (!struct || struct.id.clock >= clock + length) break;
      if (struct instanceof Y.Item && !this.#stands(struct)) return false;
    }
    return true;
  }

  #stands(item: Y.Item): boolean {
    const atLeft = item.left ? same(item.left.lastId, item.origin) : item.origin === null;
    const atRight = item.right ? same(item.right.id, item.rightOrigin) : item.rightOrigin === null;
    if (atLeft && atRight) return true;
    const past = this.#pastOf(item);
    return past !== undefined && this.#isNewTo(past, item);
  }

  /** Whether its author did not know what stands between the item and its neighbours of then. */
  #isNewTo(past: ReadonlyMap<number, number>, item: Y.Item): boolean {
    const knows = ({ client, clock }: Y.ID) => clock < (past.get(client) ?? 0);
    let left = item.left;
    for (; left && !same(left.lastId, item.origin); left = left.left) {
      if (this.#patience-- < 0 || knows(left.id)) return false;
    }
    let right = item.right;
    for (; right && !same(right.id, item.rightOrigin); right = right.right) {
      if (this.#patience-- < 0 || knows(right.id)) return false;
    }
    // At the end of the list without having met the neighbour: it stands on the other side.
    return (left !== null || item.origin === null) && (right !== null || item.rightOrigin === null);
  }

  /** What the author of an item must have known, for each client the first clock behind it. */
  #pastOf(item: Y.Item): ReadonlyMap<number, number> | undefined {
    const past = new Map<number, number>();
    const open: Y.ID[] = causesOf(item);
    if (item.id.clock > 0) open.push(Y.createID(item.id.client, item.id.clock - 1));
    for (let id = open.pop(); id; id = open.pop()) {
      const known = past.get(id.client) ?? 0;
      if (id.clock < known) continue;
      past.set(id.client, id.clock + 1);
      const structs = this.#store.clients.get(id.client) ?? [];
      for (let at = Y.findIndexSS(structs, known); at < structs.length; at++) {
        const struct = structs[at];
        if (!struct || struct.id.clock > id.clock) break;
        if (this.#patience-- < 0) return undefined;
        if (struct instanceof Y.Item) open.push(...causesOf(struct));
      }
    }
    return past;
  }
}

/** What must have been there for an item to be made. */
function causesOf({ origin, rightOrigin, parent }: Y.Item): Y.ID[] {
  const holder = parent instanceof Y.AbstractType ? parent._item?.id : undefined;
  return [origin, rightOrigin, holder].filter((id) => id !== null && id !== undefined);
}

const same = (one: Y.ID, other: Y.ID | null) =>
  other !== null && one.client === other.client && one.clock === other.clock;
