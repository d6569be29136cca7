/** Writes updates no Yjs would write: the counterpart of `readEdit`, for attacks and fuzzing. */
import * as encoding from 'lib0/encoding';
import type { Id } from '../../server/sync/edit.ts';

export type Neighbours = {
  readonly left?: Id;
  readonly right?: Id;
  readonly parent?: string | Id;
  readonly key?: string;
};

type Write = (encoder: encoding.Encoder) => void;
/** Writes one struct, its info byte included. */
export type Forged = Write;

export const gone = (length: number): Forged => plain(0, length);
export const skip = (length: number): Forged => plain(10, length);

const plain =
  (info: number, length: number): Forged =>
  (encoder) => {
    encoding.writeUint8(encoder, info);
    encoding.writeVarUint(encoder, length);
  };

function item(ref: number, where: Neighbours, content: Write): Forged {
  return (encoder) => {
    const { left, right, parent, key } = where;
    const alone = !left && !right;
    const info =
      ref | (left ? 0x80 : 0) | (right ? 0x40 : 0) | (alone && key !== undefined ? 0x20 : 0);
    encoding.writeUint8(encoder, info);
    if (left) writeId(encoder, left);
    if (right) writeId(encoder, right);
    if (alone) writeParent(encoder, parent ?? 'results');
    if (alone && key !== undefined) encoding.writeVarString(encoder, key);
    content(encoder);
  };
}

function writeId(encoder: encoding.Encoder, { client, clock }: Id): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

function writeParent(encoder: encoding.Encoder, parent: string | Id): void {
  encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0);
  if (typeof parent === 'string') encoding.writeVarString(encoder, parent);
  else writeId(encoder, parent);
}

export const deleted = (where: Neighbours, length: number) =>
  item(1, where, (encoder) => encoding.writeVarUint(encoder, length));
export const json = (where: Neighbours) =>
  item(2, where, (encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, '1');
  });
export const binary = (where: Neighbours) =>
  item(3, where, (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([1])));
export const text = (where: Neighbours, words: string) =>
  item(4, where, (encoder) => encoding.writeVarString(encoder, words));
export const embed = (where: Neighbours) =>
  item(5, where, (encoder) => encoding.writeVarString(encoder, '{"image":"x"}'));
export const format = (where: Neighbours) =>
  item(6, where, (encoder) => {
    encoding.writeVarString(encoder, 'bold');
    encoding.writeVarString(encoder, 'true');
  });
/** A type by the number Yjs gives it, with a name for elements (3) and hooks (5). */
export const type = (where: Neighbours, number: number, name?: string) =>
  item(7, where, (encoder) => {
    encoding.writeVarUint(encoder, number);
    if (name !== undefined) encoding.writeVarString(encoder, name);
  });
export const values = (where: Neighbours, list: readonly unknown[]) =>
  item(8, where, (encoder) => {
    encoding.writeVarUint(encoder, list.length);
    for (const value of list) encoding.writeAny(encoder, value as string);
  });
export const subdocument = (where: Neighbours) =>
  item(9, where, (encoder) => {
    encoding.writeVarString(encoder, 'guid');
    encoding.writeAny(encoder, {});
  });

export type Block = {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly Forged[];
};
export type ForgedRange = Id & { readonly length: number };

export function forge(blocks: readonly Block[], deletes: readonly ForgedRange[] = []): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, blocks.length);
    for (const { client, clock, structs } of blocks) {
      encoding.writeVarUint(encoder, structs.length);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      for (const write of structs) write(encoder);
    }
    encoding.writeVarUint(encoder, deletes.length);
    for (const { client, clock, length } of deletes) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, length);
    }
  });
}
