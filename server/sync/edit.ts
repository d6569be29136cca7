/**
 * Reads a Yjs update (format 1) into plain data, so that it can be judged before Yjs touches it.
 * Builds nothing, looks nothing up, reserves no memory for what a header merely claims; agrees
 * with `Y.decodeUpdate` on every update that one can read (a test holds that).
 */
import * as decoding from 'lib0/decoding';
import { Malformed, orMalformed } from './wire.ts';

/** The address of one unit: the n-th thing a client made. */
export type Id = { readonly client: number; readonly clock: number };

type Content =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | { readonly kind: 'format'; readonly key: string }
  /** `type` as Yjs numbers them; `name` of an element or hook. */
  | { readonly kind: 'type'; readonly type: number; readonly name: string | undefined }
  | { readonly kind: 'json' | 'binary' | 'embed' | 'document' };

/** The numbers Yjs gives to its types on the wire. */
export const TYPE = { array: 0, map: 1, text: 2, element: 3, fragment: 4, hook: 5, xmlText: 6 };

export type Item = {
  readonly kind: 'item';
  readonly client: number;
  readonly clock: number;
  readonly length: number;
  readonly left: Id | undefined;
  readonly right: Id | undefined;
  /** Only without neighbours: the name of a root, or the item that holds the type. */
  readonly parent: string | Id | undefined;
  readonly key: string | undefined;
  readonly content: Content;
};

export type Struct =
  | Item
  | {
      readonly kind: 'gone' | 'skip';
      readonly client: number;
      readonly clock: number;
      readonly length: number;
    };

export type Range = { readonly client: number; readonly clock: number; readonly length: number };

export type Edit = {
  /** In wire order; the structs of one client stand together. */
  readonly structs: readonly Struct[];
  readonly deletes: readonly Range[];
};

/** @throws Malformed */
export function readEdit(update: Uint8Array): Edit {
  return orMalformed(() => {
    const decoder = decoding.createDecoder(update);
    const edit = { structs: readStructs(decoder), deletes: readDeletes(decoder) };
    if (decoding.hasContent(decoder)) throw new Malformed('bytes behind the update');
    return edit;
  });
}

function readStructs(decoder: decoding.Decoder): Struct[] {
  const structs: Struct[] = [];
  const seen = new Set<number>();
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    let left = decoding.readVarUint(decoder);
    const client = decoding.readVarUint(decoder);
    let clock = decoding.readVarUint(decoder);
    // Of two blocks of one client Yjs forgets the first.
    if (seen.has(client)) throw new Malformed('two blocks of one client');
    seen.add(client);
    for (; left > 0; left--) {
      const struct = readStruct(decoder, client, clock);
      structs.push(struct);
      clock += struct.length;
    }
  }
  return structs;
}

function readDeletes(decoder: decoding.Decoder): Range[] {
  const deletes: Range[] = [];
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    const client = decoding.readVarUint(decoder);
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const clock = decoding.readVarUint(decoder);
      deletes.push({ client, clock, length: decoding.readVarUint(decoder) });
    }
  }
  return deletes;
}

const HAS_LEFT = 0x80;
const HAS_RIGHT = 0x40;
const HAS_KEY = 0x20;
const REF = 0x1f;
const GONE = 0;
const SKIP = 10;

function readStruct(decoder: decoding.Decoder, client: number, clock: number): Struct {
  const info = readByte(decoder);
  const ref = info & REF;
  if (ref === GONE || ref === SKIP) {
    const length = decoding.readVarUint(decoder);
    return { kind: ref === GONE ? 'gone' : 'skip', client, clock, length };
  }
  const left = info & HAS_LEFT ? readId(decoder) : undefined;
  const right = info & HAS_RIGHT ? readId(decoder) : undefined;
  const alone = !left && !right;
  const parent = alone ? readParent(decoder) : undefined;
  const key = alone && info & HAS_KEY ? decoding.readVarString(decoder) : undefined;
  const [length, content] = readContent(decoder, ref);
  return { kind: 'item', client, clock, length, left, right, parent, key, content };
}

const readId = (decoder: decoding.Decoder): Id => {
  const client = decoding.readVarUint(decoder);
  return { client, clock: decoding.readVarUint(decoder) };
};

const readParent = (decoder: decoding.Decoder): string | Id =>
  decoding.readVarUint(decoder) === 1 ? decoding.readVarString(decoder) : readId(decoder);

function readContent(decoder: decoding.Decoder, ref: number): [length: number, Content] {
  switch (ref) {
    case 1:
      return [decoding.readVarUint(decoder), { kind: 'deleted' }];
    case 2: {
      const values = readMany(decoder, readJson);
      return [values.length, { kind: 'json' }];
    }
    case 3:
      decoding.readVarUint8Array(decoder);
      return [1, { kind: 'binary' }];
    case 4: {
      const text = decoding.readVarString(decoder);
      return [text.length, { kind: 'text', text }];
    }
    case 5:
      readJson(decoder);
      return [1, { kind: 'embed' }];
    case 6: {
      const key = decoding.readVarString(decoder);
      readJson(decoder);
      return [1, { kind: 'format', key }];
    }
    case 7: {
      const type = decoding.readVarUint(decoder);
      if (type > TYPE.xmlText) throw new Malformed('unknown type');
      const named = type === TYPE.element || type === TYPE.hook;
      const name = named ? decoding.readVarString(decoder) : undefined;
      return [1, { kind: 'type', type, name }];
    }
    case 8: {
      const values = readMany(decoder, readAny);
      return [values.length, { kind: 'values', values }];
    }
    case 9:
      decoding.readVarString(decoder);
      readAny(decoder);
      return [1, { kind: 'document' }];
    default:
      throw new Malformed('unknown content');
  }
}

function readMany<Value>(decoder: decoding.Decoder, read: (decoder: decoding.Decoder) => Value) {
  const values: Value[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) values.push(read(decoder));
  return values;
}

const readJson = (decoder: decoding.Decoder): unknown =>
  JSON.parse(decoding.readVarString(decoder));
const readAny = (decoder: decoding.Decoder): unknown => decoding.readAny(decoder);

/** lib0 answers `undefined` behind the end, which Yjs takes for zero. */
function readByte(decoder: decoding.Decoder): number {
  if (!decoding.hasContent(decoder)) throw new Malformed('ends too early');
  return decoding.readUint8(decoder);
}
