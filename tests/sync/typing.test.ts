/** What a text field makes of typing: the smallest edit, and its place after others have typed too. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { carried, editBetween, moved, type TextDelta } from '../../src/lib/live/typing.ts';

const text = fc.string({ maxLength: 12, unit: fc.constantFrom('あ', 'い', 'a', '😀', '😁', '\n') });

function changed(before: string, after: string): { now: string; delta: TextDelta } {
  const doc = new Y.Doc();
  const node = doc.getText('t');
  node.insert(0, before);
  let delta: TextDelta = [];
  node.observe((event) => (delta = event.delta));
  const edit = editBetween(before, after);
  if (edit)
    doc.transact(() => {
      node.delete(edit.at, edit.removed);
      node.insert(edit.at, edit.added);
    });
  return { now: node.toJSON(), delta };
}

test('an edit makes the new text of the old one, and cuts no character', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(changed(before, after).now).toBe(after);
      const edit = editBetween(before, after);
      if (edit) expect(edit.added.isWellFormed()).toBe(true);
    }),
  );
  expect(editBetween('😀', '😁')).toEqual({ at: 0, removed: 2, added: '😁' });
});

test('typed while somebody else typed: both are there, and nothing twice', () => {
  fc.assert(
    fc.property(text, text, text, (before, mine, theirs) => {
      const edit = editBetween(before, mine);
      const { delta } = changed(before, theirs);
      let now = theirs;
      for (const { at, removed, added } of edit ? carried(edit, [delta]) : []) {
        expect(at + removed).toBeLessThanOrEqual(now.length);
        now = now.slice(0, at) + added + now.slice(at + removed);
      }
      expect(now.isWellFormed()).toBe(true);
      const other = editBetween(before, theirs);
      expect(now).toContain(edit?.added ?? '');
      expect(now).toContain(other?.added ?? '');
    }),
  );
});

test('a caret stays in its words', () => {
  expect(moved(2, [{ insert: 'xx' }])).toBe(4);
  expect(moved(2, [{ retain: 2 }, { insert: 'xx' }])).toBe(2);
  expect(moved(5, [{ retain: 1 }, { delete: 3 }])).toBe(2);
  expect(moved(2, [{ retain: 1 }, { delete: 3 }, { insert: 'abc' }])).toBe(1);
});
