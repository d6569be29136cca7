/**
 * Lays an edit against a document without touching it: what is new, in which order its items could
 * be placed, and where each of them would hang. Judges nothing; `rules.ts` does.
 */
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import type { Edit, Id, Item, Range, Struct } from './edit.ts';

/** What a trial may look at. */
export type Ground = {
  readonly doc: Y.Doc;
  /** The account a clientID is bound to; null is the server, undefined nobody. */
  owner(client: number): AccountId | null | undefined;
  /** A root the server has made. */
  root(name: string): Y.AbstractType<unknown> | undefined;
};

/** What holds other items: a type of the document, or an item of this very edit that makes one. */
export type Parent = Y.AbstractType<unknown> | Item;
/** Where an item hangs; no parent means it was deleted meanwhile, and Yjs drops the item. */
export type Place = { readonly parent: Parent | undefined; readonly key: string | undefined };

const gone: Place = { parent: undefined, key: undefined };

export class Trial {
  readonly edit: Edit;
  readonly ground: Ground;
  readonly #byClient = new Map<number, Struct[]>();
  readonly #places = new Map<Item, Place>();
  #placed: boolean | undefined;

  constructor(edit: Edit, ground: Ground) {
    this.edit = edit;
    this.ground = ground;
    for (const struct of edit.structs) {
      const structs = this.#byClient.get(struct.client);
      if (structs) structs.push(struct);
      else this.#byClient.set(struct.client, [struct]);
    }
  }

  get clients(): Iterable<number> {
    return this.#byClient.keys();
  }

  /** The structs of one client, one behind the other. */
  structsOf(client: number): readonly Struct[] {
    return this.#byClient.get(client) ?? [];
  }

  /** The next clock the document expects of a client. */
  state(client: number): number {
    return Y.getState(this.ground.doc.store, client);
  }

  isKnown(struct: Struct): boolean {
    return struct.clock + struct.length <= this.state(struct.client);
  }

  /** Whether a part of it is stored already. */
  get repeats(): boolean {
    return this.edit.structs.some((struct) => struct.clock < this.state(struct.client));
  }

  /** Whether the document would be different afterwards. */
  get isNews(): boolean {
    return (
      this.edit.structs.some((struct) => !this.isKnown(struct)) ||
      this.edit.deletes.some((range) => !this.#isDeleted(range))
    );
  }

  /**
   * The items in an order in which each finds what it names, as Yjs would take them, with the
   * place of each; undefined when something they name is not there.
   */
  get places(): ReadonlyMap<Item, Place> | undefined {
    this.#placed ??= this.#placeAll();
    return this.#placed ? this.#places : undefined;
  }

  #placeAll(): boolean {
    const reached = new Map<number, number>();
    const cursors = [...this.#byClient].map(([client, structs]) => ({ client, structs, next: 0 }));
    const has = (id: Id | string | undefined, by: Struct): boolean => {
      if (id === undefined || typeof id === 'string') return true;
      // Of its own client Yjs asks only for what is strictly earlier, and throws at anything else.
      if (id.client === by.client) return id.clock < by.clock;
      return id.clock < Math.max(this.state(id.client), reached.get(id.client) ?? 0);
    };
    for (let moved = true; moved;) {
      moved = false;
      for (const cursor of cursors) {
        for (let struct = cursor.structs[cursor.next]; struct;) {
          if (struct.kind === 'item') {
            if (![struct.left, struct.right, struct.parent].every((id) => has(id, struct!))) break;
            this.#places.set(struct, this.#placeOf(struct));
          }
          reached.set(cursor.client, struct.clock + struct.length);
          struct = cursor.structs[++cursor.next];
          moved = true;
        }
      }
    }
    return cursors.every((cursor) => cursor.next === cursor.structs.length);
  }

  /** Where the unit with this address hangs; it is in the document or earlier in this edit. */
  at(id: Id): Place {
    const found = this.#find(id);
    if (found instanceof Y.GC) return gone;
    if (found instanceof Y.Item) {
      const parent = found.parent as Y.AbstractType<unknown> | null;
      return { parent: parent ?? undefined, key: found.parentSub ?? undefined };
    }
    return (found.kind === 'item' && this.#places.get(found)) || gone;
  }

  /** Whether the unit with this address and the one before are the two halves of one character. */
  cutsCharacter(id: Id): boolean {
    const [text, at] = this.#textAt(id);
    return at > 0 && isLowHalf(text.charCodeAt(at)) && isHighHalf(text.charCodeAt(at - 1));
  }

  /** The text an address lies in, and where in it. */
  #textAt(id: Id): [text: string, at: number] {
    if (id.clock >= Math.max(this.state(id.client), this.#endOf(id.client))) return ['', 0];
    const found = this.#find(id);
    if (found instanceof Y.Item) {
      const { content } = found;
      return [content instanceof Y.ContentString ? content.str : '', id.clock - found.id.clock];
    }
    if (found instanceof Y.GC || found.kind !== 'item' || found.content.kind !== 'text') {
      return ['', 0];
    }
    return [found.content.text, id.clock - found.clock];
  }

  #endOf(client: number): number {
    const last = this.structsOf(client).at(-1);
    return last ? last.clock + last.length : 0;
  }

  #placeOf(item: Item): Place {
    const left = item.left && this.at(item.left);
    const right = item.right && this.at(item.right);
    // Yjs drops an item one neighbour of which is no more, whatever the other says.
    if ((left && !left.parent) || (right && !right.parent)) return gone;
    if (left || right) return left ?? right ?? gone;
    if (typeof item.parent === 'string') {
      return { parent: this.ground.root(item.parent), key: item.key };
    }
    return { parent: item.parent && this.#holder(item.parent), key: item.key };
  }

  /** The type that the item with this address has made. */
  #holder(id: Id): Parent | undefined {
    const found = this.#find(id);
    if (found instanceof Y.GC) return undefined;
    if (found instanceof Y.Item) {
      return found.content instanceof Y.ContentType ? found.content.type : undefined;
    }
    return found.kind === 'item' && found.content.kind === 'type' ? found : undefined;
  }

  #find(id: Id): Y.Item | Y.GC | Struct {
    const known = this.ground.doc.store.clients.get(id.client);
    if (known && id.clock < this.state(id.client)) {
      return known[Y.findIndexSS(known, id.clock)] as Y.Item | Y.GC;
    }
    const structs = this.structsOf(id.client);
    let low = 0;
    for (let high = structs.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if ((structs[middle]?.clock ?? 0) <= id.clock) low = middle;
      else high = middle - 1;
    }
    return structs[low] as Struct;
  }

  /** What stands in the document now and would be gone afterwards. */
  *removed(): Generator<Y.Item> {
    for (const { client, clock, length } of this.edit.deletes) {
      const structs = this.ground.doc.store.clients.get(client);
      if (!structs || length < 1 || clock >= this.state(client)) continue;
      for (let at = Y.findIndexSS(structs, clock); at < structs.length; at++) {
        const struct = structs[at];
        if (!struct || struct.id.clock >= clock + length) break;
        if (struct instanceof Y.Item && !struct.deleted) yield struct;
      }
    }
  }

  #isDeleted(range: Range): boolean {
    const structs = this.ground.doc.store.clients.get(range.client);
    const end = range.clock + range.length;
    if (range.length < 1) return true;
    if (!structs || end > this.state(range.client)) return false;
    for (let at = Y.findIndexSS(structs, range.clock); at < structs.length; at++) {
      const struct = structs[at];
      if (!struct || struct.id.clock >= end) break;
      if (!struct.deleted) return false;
    }
    return true;
  }
}

const isHighHalf = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLowHalf = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
