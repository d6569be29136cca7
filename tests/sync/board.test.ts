/** Moving, merging and tagging bullets: nothing said is lost, and two boards end the same ([O1]–[O4]). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { arrange, between, INTO, isOrder, ORDER, spread } from '#protocol/arrange.ts';
import { BULLET } from '#protocol/documents.ts';
import {
  bulletsOf as shownIn,
  editText,
  removeBullet,
  undoOf,
} from '../../src/lib/live/bullets.ts';
import { Units } from '../../src/lib/live/units.ts';
import {
  bulletsIn,
  mergeBullets,
  moveBullet,
  tagBullet,
} from '../../src/routes/meetings/[id]/board/board.ts';
import { bulletsOf, postBullets } from '../../src/routes/meetings/[id]/preview/post.ts';
import { readOpinions } from '../../server/sync/opinions.ts';
import { headings } from './world.ts';

const H = headings[0] ?? '';

function docOf(...texts: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  const made = texts.map((text) => {
    const bullet = new Y.XmlElement(BULLET);
    if (text !== '') bullet.insert(0, [new Y.XmlText(text)]);
    return bullet;
  });
  doc.getXmlFragment(H).insert(0, made);
  return doc;
}
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};
function meet(...docs: readonly Y.Doc[]): void {
  const states = docs.map((doc) => Y.encodeStateAsUpdate(doc));
  for (const doc of docs) for (const state of states) Y.applyUpdate(doc, state);
}
const texts = (doc: Y.Doc) => bulletsIn(doc, H).map(({ text }) => text);
const key = (doc: Y.Doc, at: number) => bulletsIn(doc, H)[at]?.key ?? '';
const shownAt = (doc: Y.Doc, text: string) => {
  const found = shownIn(doc.getXmlFragment(H)).find((bullet) => bullet.text === text);
  if (!found) throw new Error(`nobody said ${text}`);
  return found;
};

test('a bullet moves up and down past an empty one, with its tag', () => {
  const doc = docOf('一', '', '二', '三');
  tagBullet(doc, H, key(doc, 1), 'wish');
  moveBullet(doc, H, key(doc, 1), 0);
  expect(bulletsIn(doc, H).map(({ text, tag }) => [text, tag])).toEqual([
    ['二', 'wish'],
    ['一', null],
    ['三', null],
  ]);
  moveBullet(doc, H, key(doc, 0), 2);
  expect(texts(doc)).toEqual(['一', '三', '二']);
  tagBullet(doc, H, key(doc, 2), null);
  expect(bulletsIn(doc, H)[2]?.tag).toBeNull();
});

test('[O2] moving and merging keep who wrote each letter', () => {
  const anna = docOf('伸びを評価する');
  const ben = copyOf(anna);
  postBullets(ben, H, ['もっと伸ばしてほしい。', '別の意見']);
  meet(anna, ben);
  tagBullet(anna, H, key(anna, 1), 'wish');
  mergeBullets(anna, H, key(anna, 0), key(anna, 1));
  moveBullet(anna, H, key(anna, 1), 0);
  expect(bulletsIn(anna, H).map(({ text, tag }) => [text, tag])).toEqual([
    ['別の意見', null],
    ['伸びを評価する。もっと伸ばしてほしい。', 'wish'],
  ]);
  const [moved, merged] = bulletsIn(anna, H);
  expect(moved?.writers).toEqual([ben.clientID]);
  // Whoever only moved it is not told beside it: the first move gives all of them a place.
  expect(moved?.hands).toEqual([]);
  expect(merged?.hands).toEqual([anna.clientID]);
  expect(merged?.writers).toEqual([ben.clientID, anna.clientID]);
});

test('[O1] words typed in a bullet while others move, merge and move it again are all there', () => {
  const one = docOf('一', '二', '三');
  const [other, third] = [copyOf(one), copyOf(one)];
  moveBullet(one, H, key(one, 2), 0);
  editText(shownAt(other, '三'), { at: 1, removed: 0, added: '！' });
  mergeBullets(third, H, key(third, 0), key(third, 2));
  meet(one, other, third);
  for (const doc of [one, other, third]) expect(texts(doc)).toEqual(['一。三！', '二']);
});

test('[O1] two that move the same bullet, or two bullets to one place, end alike', () => {
  const one = docOf('一', '二', '三', '四');
  const other = copyOf(one);
  moveBullet(one, H, key(one, 3), 0);
  moveBullet(other, H, key(other, 2), 0);
  meet(one, other);
  expect(texts(one)).toEqual(texts(other));
  expect(texts(one).toSorted()).toEqual(['一', '三', '二', '四'].toSorted());
  // There is no room between two of the same place: all get new ones.
  moveBullet(one, H, shownAt(one, '一').key, 1);
  expect(texts(one)[1]).toBe('一');
});

test('[O1] whatever people do at once, all see the same and no bullet is lost', () => {
  const step = fc.record({
    who: fc.nat(2),
    what: fc.constantFrom('move', 'merge', 'type', 'post', 'meet'),
    one: fc.nat(5),
    other: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const first = docOf('甲', '乙', '丙');
      const docs = [first, copyOf(first), copyOf(first)] as const;
      let said = 0;
      for (const { who, what, one, other } of steps) {
        const doc = docs[who] ?? first;
        const count = bulletsIn(doc, H).length;
        if (what === 'meet') meet(...docs);
        else if (what === 'move') moveBullet(doc, H, key(doc, one % count), other % count);
        else if (what === 'merge') {
          mergeBullets(doc, H, key(doc, one % count), key(doc, other % count));
        } else if (what === 'post') postBullets(doc, H, [`＜${said++}＞`]);
        else {
          const [bullet] = shownIn(doc.getXmlFragment(H)).slice(one % count);
          if (bullet) editText(bullet, { at: 0, removed: 0, added: `＜${said++}＞` });
        }
      }
      meet(...docs);
      for (const doc of docs) {
        expect(texts(doc)).toEqual(texts(first));
        expect(readOpinions(doc, headings)[0]?.bullets).toEqual(texts(first));
      }
      const all = texts(first).join('');
      for (const word of ['甲', '乙', '丙']) expect(all.split(word)).toHaveLength(2);
      for (let word = 0; word < said; word++) expect(all.split(`＜${word}＞`)).toHaveLength(2);
    }),
    { numRuns: 150 },
  );
});

test('[O3] whatever stands in the attributes, every bullet is shown once', () => {
  const value = fc.oneof(
    fc.constantFrom('a', 'a0', 'V', '', undefined, null, 7, 'é'),
    fc.constantFrom('1/0', '1/1', '1/2', '1/3', '9/9', 'x'),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ order: value, into: value }), { maxLength: 6 }), (rows) => {
      const shown = arrange(rows.map((row, at) => ({ ...row, id: `1/${at}` })));
      const all = shown.flatMap(({ rows: members }) => members);
      expect(all.toSorted()).toEqual([...rows.keys()]);
    }),
  );
  // A chain as long as a document does not exhaust anything, and a circle is left standing.
  const chain = Array.from({ length: 20_000 }, (_, at) => ({
    id: `1/${at}`,
    order: undefined,
    into: `1/${at + 1}`,
  }));
  expect(arrange(chain)).toHaveLength(1);
  expect(arrange([...chain, { id: '1/20000', order: undefined, into: '1/0' }])).toHaveLength(1);
});

test('between two places there is always a third, until they grow too long', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 40 }), (moves) => {
      const places: string[] = [];
      for (const move of moves) {
        const at = Math.min(move, places.length);
        const made = between(places[at - 1] ?? '', places[at] ?? null);
        expect(isOrder(made)).toBe(true);
        places.splice(at, 0, made ?? '');
      }
      expect(places).toEqual(places.toSorted());
      expect(new Set(places).size).toBe(places.length);
    }),
  );
  expect(spread('', null, 500)).toHaveLength(500);
  expect(between('b', 'a')).toBeUndefined();
});

test('[O4] undo takes back the own step and nothing that others have done since', () => {
  const one = docOf('一', '二');
  const other = copyOf(one);
  const undo = undoOf(one.getXmlFragment(H));
  postBullets(one, H, ['三']);
  undo.stopCapturing();
  moveBullet(one, H, key(one, 2), 0);
  meet(one, other);
  editText(shownAt(other, '三'), { at: 1, removed: 0, added: 'だ' });
  meet(one, other);
  undo.undo();
  expect(texts(one)).toEqual(['一', '二', '三だ']);
  // The bullet was made by one and holds words of the other: only the own letters go.
  undo.undo();
  expect(texts(one)).toEqual(['一', '二', 'だ']);
});

test('[O1] a composed word finds its place after moves, merges and words around it', () => {
  const one = docOf('前文後文', '別');
  const other = copyOf(one);
  const units = new Units(one, shownAt(one, '前文後文'));
  editText(shownAt(other, '前文後文'), { at: 3, removed: 0, added: '中' });
  editText(shownAt(other, '前文後中文'), { at: 0, removed: 1, added: '頭' });
  mergeBullets(other, H, key(other, 1), key(other, 0));
  meet(one, other);
  const bullet = shownAt(one, '別。頭文後中文');
  expect(units.write('前文会議😀後文', bullet)).toBe('');
  expect(texts(one)).toEqual(['別。頭文会議😀後中文']);
  // It goes on where it is, and takes whole characters back.
  expect(units.write('前文会後文', shownAt(one, '別。頭文会議😀後中文'))).toBe('');
  expect(texts(one)).toEqual(['別。頭文会後中文']);
  removeBullet(one.getXmlFragment(H), shownAt(one, '別。頭文会後中文'));
  expect(units.write('前文会場後文', undefined)).toBe('場');
});

test('the freezing of opinions reads order and merging as the board shows them', () => {
  const doc = docOf('一', '二', '三');
  const [first, , last] = doc.getXmlFragment(H).toArray() as Y.XmlElement[];
  last?.setAttribute(ORDER, 'A');
  first?.setAttribute(INTO, key(doc, 1));
  expect(readOpinions(doc, headings)[0]?.bullets).toEqual(['二一', '三']);
});

test('[P12] a draft is taken over line by line, before an empty last bullet', () => {
  const doc = docOf('先の意見', '');
  expect(postBullets(doc, H, bulletsOf('・一つ目\n\n 二つ目 \n'))).toBe(2);
  expect(texts(doc)).toEqual(['先の意見', '一つ目', '二つ目']);
  expect(doc.getXmlFragment(H).length).toBe(4);
});
