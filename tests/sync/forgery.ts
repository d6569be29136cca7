/** Edits that hang anywhere among what really exists, as no editor would make them. */
import * as Y from 'yjs';
import type { Chance } from '../fuzz/chance.ts';
import { forge, type Forged, type Neighbours } from './forge.ts';
import * as forged from './forge.ts';
import { headings } from './names.ts';

/** @param client the clientID the forger may write under */
export function forgery(store: Y.Doc['store'], client: number, chance: Chance): Uint8Array {
  let clock = Y.getState(store, client);
  const upTo = (most: number) => chance.below(most + 1);
  const anyId = () => {
    const owner = chance.one([...store.clients.keys(), client]);
    const end = owner === client ? clock : Y.getState(store, owner);
    return { client: owner, clock: upTo(Math.max(0, end - (chance.happens(0.97) ? 1 : 0))) };
  };
  const heading = () => chance.one(headings);
  const where = (): Neighbours =>
    chance.one<() => Neighbours>([
      () => ({ left: anyId() }),
      () => ({ right: anyId() }),
      () => ({ left: anyId(), right: anyId() }),
      () => ({ left: anyId(), right: anyId() }),
      () => ({ parent: heading() }),
      () => ({ parent: anyId() }),
      () => ({ parent: anyId(), key: 'tag' }),
    ])();
  const structs: Forged[] = [];
  const first = clock;
  for (let left = 1 + upTo(3); left > 0; left--) {
    const [struct, length] = chance.one<() => [Forged, number]>([
      () => [forged.text(where(), 'ﾜﾙ'), 2],
      () => [forged.text(where(), 'x'), 1],
      () => [forged.type(where(), 3, 'bullet'), 1],
      () => [forged.type(where(), 6), 1],
      () => [forged.values(where(), ['x']), 1],
      () => [forged.deleted(where(), 2), 2],
      () => [forged.gone(1), 1],
    ])();
    structs.push(struct);
    clock += length;
  }
  const back = chance.happens(0.1) ? upTo(Math.min(2, first)) : 0;
  const deletes = chance.happens(0.3) ? [{ ...anyId(), length: 1 + upTo(2) }] : [];
  return forge([{ client, clock: first - back, structs }], deletes);
}

/** A few bytes changed, put in, left out, or the end cut off. */
export function mutated(bytes: Uint8Array, chance: Chance): Uint8Array {
  let result = [...bytes];
  for (let times = 1 + chance.below(3); times > 0 && result.length > 0; times--) {
    const at = chance.below(result.length);
    const drawn = chance.below(20);
    if (drawn < 14)
      result[at] = chance.happens(0.3) ? chance.one([0, 1, 127, 128, 255]) : chance.below(256);
    else if (drawn < 16) result.splice(at, 0, chance.below(256));
    else if (drawn < 18) result.splice(at, 1 + chance.below(3));
    else if (drawn < 19) result = result.slice(0, at);
    else result.push(...result.slice(at));
  }
  return new Uint8Array(result);
}
