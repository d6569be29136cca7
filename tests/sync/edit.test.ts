/** [Y9] Updates are read to the last byte, and exactly as Yjs reads them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readEdit, type Edit } from '../../server/sync/edit.ts';
import { Malformed } from '../../server/sync/wire.ts';
import * as forge from './forge.ts';

/** What Yjs reads, in our words. */
function asYjsReads(update: Uint8Array): Edit {
  const { structs, ds } = Y.decodeUpdate(update);
  const idOf = (id: Y.ID | null) => (id ? { client: id.client, clock: id.clock } : undefined);
  return {
    structs: structs.map((struct) => {
      const base = { client: struct.id.client, clock: struct.id.clock, length: struct.length };
      if (struct instanceof Y.GC) return { kind: 'gone', ...base };
      if (struct instanceof Y.Skip) return { kind: 'skip', ...base };
      const item = struct;
      const parent = item.parent as unknown;
      return {
        kind: 'item',
        ...base,
        left: idOf(item.origin),
        right: idOf(item.rightOrigin),
        parent: typeof parent === 'string' ? parent : idOf(parent as Y.ID | null),
        key: item.parentSub ?? undefined,
        content: contentOf(item.content),
      };
    }),
    deletes: [...ds.clients].flatMap(([client, ranges]) =>
      ranges.map(({ clock, len }) => ({ client, clock, length: len })),
    ),
  };
}

function contentOf(
  content: Y.Item['content'],
): Edit['structs'][number] extends infer Struct
  ? Struct extends { content: infer Content }
    ? Content
    : never
  : never {
  if (content instanceof Y.ContentString) return { kind: 'text', text: content.str };
  if (content instanceof Y.ContentDeleted) return { kind: 'deleted' };
  if (content instanceof Y.ContentAny) return { kind: 'values', values: content.arr };
  if (content instanceof Y.ContentFormat) return { kind: 'format', key: content.key };
  if (content instanceof Y.ContentBinary) return { kind: 'binary' };
  if (content instanceof Y.ContentEmbed) return { kind: 'embed' };
  if (content instanceof Y.ContentJSON) return { kind: 'json' };
  if (content instanceof Y.ContentDoc) return { kind: 'document' };
  const { type } = content as Y.ContentType;
  const refs = [Y.Array, Y.Map, Y.Text, Y.XmlElement, Y.XmlFragment, Y.XmlHook, Y.XmlText];
  const name =
    type instanceof Y.XmlElement
      ? type.nodeName
      : type instanceof Y.XmlHook
        ? type.hookName
        : undefined;
  return { kind: 'type', type: refs.findIndex((ref) => type.constructor === ref), name };
}

/** Yjs joins two lists of deletions of one client. */
const byClient = ({ structs, deletes }: Edit): Edit => ({
  structs,
  deletes: deletes.toSorted((one, other) => one.client - other.client),
});

test('reads everything Yjs can write', () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const text = doc.getText('text');
  text.insert(0, '絵文字👍も');
  text.format(0, 2, { bold: true });
  text.insertEmbed(1, { image: 'x' });
  text.delete(0, 3);
  doc.getMap('map').set('any', [1, 2.5, null, undefined, true, 'x', { a: [1n] }]);
  doc.getMap('map').set('bytes', new Uint8Array([1, 2]));
  doc.getMap('map').set('doc', new Y.Doc());
  doc.getArray('array').insert(0, [new Y.Array(), new Y.Map(), new Y.Text('t'), 7]);
  const element = new Y.XmlElement('bullet');
  doc.getXmlFragment('xml').insert(0, [element, new Y.XmlText('x')]);
  element.setAttribute('tag', '課題');
  doc.getXmlFragment('xml').delete(0, 1);
  updates.push(Y.encodeStateAsUpdate(doc));
  updates.push(Y.mergeUpdates([updates[0] as Uint8Array, updates[3] as Uint8Array]));
  for (const update of updates) expect(readEdit(update)).toEqual(asYjsReads(update));
});

const clock = fc.nat(1000);
const id = fc.record({ client: fc.nat(5), clock });
const where = fc.oneof(
  fc.record({ left: id }),
  fc.record({ right: id }),
  fc.record({ left: id, right: id }),
  fc.record({ parent: fc.oneof(id, fc.string()) }),
  fc.record({ parent: fc.oneof(id, fc.string()), key: fc.string() }),
);
const struct = fc.oneof(
  fc.nat(9).map((length) => forge.gone(length)),
  fc.nat(9).map((length) => forge.skip(length)),
  fc.tuple(where, fc.nat(9)).map(([place, length]) => forge.deleted(place, length)),
  fc.tuple(where, fc.string()).map(([place, words]) => forge.text(place, words)),
  fc.tuple(where, fc.array(fc.string())).map(([place, list]) => forge.values(place, list)),
  fc.tuple(where, fc.constantFrom(0, 1, 2, 4, 6)).map(([place, kind]) => forge.type(place, kind)),
  fc.tuple(where, fc.constantFrom(3, 5)).map(([place, kind]) => forge.type(place, kind, 'x')),
  where.chain((place) =>
    fc.constantFrom(
      ...[forge.json, forge.binary, forge.embed, forge.format].map((make) => make(place)),
    ),
  ),
);
const forgedUpdate = fc
  .tuple(
    fc.uniqueArray(
      fc.record({ client: fc.nat(5), clock, structs: fc.array(struct, { maxLength: 8 }) }),
      { selector: ({ client }) => client },
    ),
    fc.uniqueArray(fc.record({ client: fc.nat(5), clock, length: fc.nat(9) }), {
      selector: ({ client }) => client,
    }),
  )
  .map(([blocks, deletes]) => forge.forge(blocks, deletes));

test('agrees with Yjs on whatever can be written', () => {
  fc.assert(
    fc.property(forgedUpdate, (update) => {
      expect(readEdit(update)).toEqual(asYjsReads(update));
    }),
    { numRuns: 2000 },
  );
});

test('reads a cut or changed update not at all, or as Yjs does', () => {
  const change = fc.tuple(forgedUpdate, fc.nat(), fc.nat(255), fc.boolean());
  fc.assert(
    fc.property(change, ([update, at, byte, cut]) => {
      const broken = cut ? update.slice(0, at % update.length) : update.slice();
      if (!cut) broken[at % update.length] = byte;
      let edit: Edit;
      try {
        edit = readEdit(broken);
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed);
        return;
      }
      // An info byte of 42 is a skip where Yjs applies and unknown where it decodes: not compared.
      if (edit.structs.some(({ kind }) => kind === 'skip')) return;
      expect(byClient(edit)).toEqual(byClient(asYjsReads(broken)));
    }),
    { numRuns: 5000 },
  );
});

const bad: Record<string, Uint8Array> = {
  'a header of ten bytes that claims 33 million structs': new Uint8Array([
    1, 0x80, 0x80, 0x80, 0x10, 1, 0, 4, 1, 1,
  ]),
  nothing: new Uint8Array(),
  'a byte too much': new Uint8Array([0, 0, 0]),
  'no deletions': new Uint8Array([0]),
  'content nobody knows': new Uint8Array([1, 1, 1, 0, 11, 1, 1, 97, 0]),
  'text that is no UTF-8': new Uint8Array([1, 1, 1, 0, 4, 1, 1, 97, 2, 0xff, 0xff, 0]),
  'two blocks of one client': forge.forge([
    { client: 1, clock: 0, structs: [forge.gone(1)] },
    { client: 1, clock: 1, structs: [forge.gone(1)] },
  ]),
};

test.each(Object.entries(bad))('refuses %s', (_, update) => {
  expect(() => readEdit(update)).toThrow(Malformed);
});
