/** The report form as a document: [Y16] [Y18] what may be in it, [W1] who writes, [W7] the sheet. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { choiceFields, kpiField, textFields } from '#domain/formfield.ts';
import { formAccess } from '#domain/permission.ts';
import type { ItemId } from '#domain/types.ts';
import { FORM_ROOTS, KNOWN_FIELDS, sheetDocument } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import { followSheet, readForm, readKnown, seedForm } from '../../server/sync/form.ts';
import { copyOf, person, World, type Page } from './world.ts';

const name = sheetDocument('item-0001' as ItemId);
const label = kpiField(0, 'label');
const comment = kpiField(0, 'comment');
const direction = kpiField(0, 'direction');

function formWorld(fields = {}): World {
  return new World({
    seed: (doc) => {
      seedForm(doc, fields);
      return true;
    },
  });
}

function joined(world: World, who: string): Page {
  const page = world.page(who);
  page.connect(name);
  world.settle();
  return page;
}

const textOf = (page: Page, key: string) =>
  page.doc.getMap<Y.Text>(FORM_ROOTS.texts).get(key) as Y.Text;
const stored = (world: World) => world.sync.read(name, readForm);
const codes = (page: Page) => page.nacks.map(([, code]) => code);

test('[Y16] two people write one box, and both sentences are there', () => {
  const world = formWorld({ [comment]: '計測は続く。' });
  const [anna, ben] = [joined(world, 'anna'), joined(world, 'ben')];
  textOf(anna, comment).insert(0, '委託先が替わった。');
  textOf(ben, comment).insert('計測は続く。'.length, '来年は毎月測る。');
  anna.doc.getMap(FORM_ROOTS.choices).set(direction, 'decrease');
  world.settle();
  expect([codes(anna), codes(ben)]).toEqual([[], []]);
  expect(stored(world)[comment]).toBe('委託先が替わった。計測は続く。来年は毎月測る。');
  expect(stored(world)[direction]).toBe('decrease');
  expect(textOf(ben, comment).toJSON()).toBe(stored(world)[comment]);
});

test('[Y16] a choice is changed again and again, by both', () => {
  const world = formWorld();
  const [anna, ben] = [joined(world, 'anna'), joined(world, 'ben')];
  for (const [page, value] of [
    [anna, 'increase'],
    [ben, 'zero'],
    [anna, ''],
    [ben, 'keep'],
  ] as const) {
    page.doc.getMap(FORM_ROOTS.choices).set(direction, value);
    world.settle();
  }
  expect([...codes(anna), ...codes(ben)]).toEqual([]);
  expect(stored(world)[direction]).toBe('keep');
});

test('everything is there after a crash', () => {
  const world = formWorld();
  const anna = joined(world, 'anna');
  textOf(anna, label).insert(0, '満足度');
  anna.doc.getMap(FORM_ROOTS.choices).set(direction, 'increase');
  world.settle();
  world.crash();
  const ben = joined(world, 'ben');
  expect(textOf(ben, label).toJSON()).toBe('満足度');
  textOf(ben, label).insert(3, 'の平均');
  world.settle();
  expect(codes(ben)).toEqual([]);
  expect(stored(world)[label]).toBe('満足度の平均');
});

const attacks: Readonly<Record<string, (page: Page) => void>> = {
  'a text nobody knows': ({ doc }) =>
    doc.getMap(FORM_ROOTS.texts).set('mine', new Y.Text('ここにも')),
  'another text in the place of a field': ({ doc }) =>
    doc.getMap(FORM_ROOTS.texts).set(label, new Y.Text('すり替え')),
  'a field taken out': ({ doc }) => doc.getMap(FORM_ROOTS.texts).delete(label),
  'all fields taken out': ({ doc }) => doc.getMap(FORM_ROOTS.texts).clear(),
  'what the sheet said': ({ doc }) => doc.getMap(FORM_ROOTS.known).set(KNOWN_FIELDS, '{}'),
  'what the sheet said, taken out': ({ doc }) => doc.getMap(FORM_ROOTS.known).delete(KNOWN_FIELDS),
  'a choice of another name': ({ doc }) => doc.getMap(FORM_ROOTS.choices).set('__proto__', 'x'),
  'a text chosen': ({ doc }) => doc.getMap(FORM_ROOTS.choices).set(direction, new Y.Text('x')),
  'a number chosen': ({ doc }) => doc.getMap(FORM_ROOTS.choices).set(direction, 7),
  'an object chosen': ({ doc }) => doc.getMap(FORM_ROOTS.choices).set(direction, { a: 1 }),
  'a long choice': ({ doc }) => doc.getMap(FORM_ROOTS.choices).set(direction, 'x'.repeat(201)),
  'bold letters': (page) => textOf(page, comment).insert(0, '太字', { bold: true }),
  'an embed': (page) => textOf(page, comment).insertEmbed(0, { image: 'x' }),
  'a text without end': (page) => textOf(page, comment).insert(0, 'x'.repeat(10_001)),
  'an attribute of a text': (page) => textOf(page, comment).setAttribute('lang', 'en'),
  'another root': ({ doc }) => doc.getMap('more').set('a', 'b'),
  'letters at the root': ({ doc }) => doc.getText('notes').insert(0, 'x'),
};

test.each(Object.entries(attacks))('[Y16] refused: %s', (_, attack) => {
  const world = formWorld({ [label]: '満足度' });
  const [anna, ben] = [joined(world, 'anna'), joined(world, 'ben')];
  const before = stored(world);
  attack(anna);
  world.settle();
  expect(codes(anna)[0]).toBe('content');
  expect(stored(world)).toEqual(before);
  expect(textOf(ben, label).toJSON()).toBe('満足度');
});

test('[Y16] letters of others may be deleted: that is what correcting is', () => {
  const world = formWorld({ [label]: '満足度' });
  const anna = joined(world, 'anna');
  textOf(anna, label).delete(0, 3);
  world.settle();
  expect(codes(anna)).toEqual([]);
  expect(stored(world)[label]).toBe('');
});

test('[Y7] an item that is decided: who was writing reads from now on', () => {
  const world = formWorld();
  const anna = joined(world, 'anna');
  textOf(anna, label).insert(0, '間に合わない');
  world.rights.set(person('anna'), 'read');
  anna.up();
  world.settle();
  expect(anna.closed?.code).toBe(CLOSE.rightsChanged);
  expect(stored(world)[label]).toBe('');
  expect(textOf(anna, label).toJSON()).toBe('間に合わない');
});

test('[W1] who writes the form, and until when', () => {
  const item = { state: 'waiting', sections: ['情報課', '企画課'] } as const;
  const section = { role: 'section', affiliation: '企画課' } as const;
  for (const phase of ['draft', 'preview', 'open'] as const) {
    expect(formAccess(section, phase, item)).toBe('write');
    expect(formAccess({ role: 'secretariat', affiliation: '' }, phase, item)).toBe('write');
    expect(formAccess(section, phase, { ...item, state: 'decided' })).toBe('read');
    expect(formAccess({ ...section, affiliation: '福祉課' }, phase, item)).toBe('none');
    for (const role of ['chair', 'viceChair', 'member', 'observer'] as const)
      expect(formAccess({ role, affiliation: '企画課' }, phase, item)).toBe('none');
  }
  for (const phase of ['closed', 'published'] as const)
    expect(formAccess(section, phase, item)).toBe('read');
});

test('[W7] a sheet changed elsewhere changes what nobody has typed in since', () => {
  const doc = new Y.Doc();
  seedForm(doc, { [label]: '満足度', [comment]: '前の文', [direction]: 'increase' });
  const texts = doc.getMap<Y.Text>(FORM_ROOTS.texts);
  texts.get(comment)?.insert(3, '、書き足し');
  const now = { [label]: '住民の満足度', [comment]: '事務局の文', [direction]: 'keep' };
  followSheet(doc, now);
  expect(readForm(doc)).toMatchObject({
    [label]: '住民の満足度',
    [comment]: '前の文、書き足し',
    [direction]: 'keep',
  });
  expect(readKnown(doc)).toEqual(now);
  const size = Y.encodeStateAsUpdate(doc).byteLength;
  followSheet(doc, now);
  expect(Y.encodeStateAsUpdate(doc).byteLength).toBe(size);
});

test('[W7] after 反映 the fields say what the sheet says, and the untouched words stay in place', () => {
  const doc = new Y.Doc();
  seedForm(doc, { [label]: '満足度' });
  const text = doc.getMap<Y.Text>(FORM_ROOTS.texts).get(label) as Y.Text;
  text.insert(3, '😀 ');
  const caret = Y.createRelativePositionFromTypeIndex(text, 2);
  const taken = readForm(doc);
  followSheet(doc, { [label]: '満足度😁' }, taken);
  expect(readForm(doc)[label]).toBe('満足度😁');
  expect(Y.createAbsolutePositionFromRelativePosition(caret, doc)?.index).toBe(2);
});

test('a form holds every field from the start, and stays small', () => {
  const doc = new Y.Doc();
  seedForm(doc, {});
  expect(Object.keys(readForm(copyOf(doc))).sort()).toEqual(
    [...textFields, ...choiceFields].sort(),
  );
  expect(Y.encodeStateAsUpdate(doc).byteLength).toBeLessThan(32_000);
});
