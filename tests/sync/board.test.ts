/** Moving, merging and tagging bullets: nothing said is lost, and two boards end the same. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { BULLET } from '#protocol/documents.ts';
import {
  bulletsIn,
  mergeBullets,
  moveBullet,
  tagBullet,
} from '../../src/routes/meetings/[id]/board/board.ts';
import { bulletsOf, postBullets } from '../../src/routes/meetings/[id]/preview/post.ts';

const H = 'results';

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
const texts = (doc: Y.Doc) => bulletsIn(doc, H).map(({ text }) => text);
const key = (doc: Y.Doc, at: number) => bulletsIn(doc, H)[at]?.key ?? '';

test('a bullet moves up and down past an empty one, with its tag', () => {
  const doc = docOf('一', '', '二', '三');
  tagBullet(doc, H, key(doc, 1), 'wish');
  moveBullet(doc, H, key(doc, 1), -1);
  expect(bulletsIn(doc, H).map(({ text, tag }) => [text, tag])).toEqual([
    ['二', 'wish'],
    ['一', ''],
    ['三', ''],
  ]);
  moveBullet(doc, H, key(doc, 0), 1);
  moveBullet(doc, H, key(doc, 1), 1);
  expect(texts(doc)).toEqual(['一', '三', '二']);
  expect(moveBullet(doc, H, key(doc, 2), 1)).toBeNull();
  tagBullet(doc, H, key(doc, 2), '');
  expect(bulletsIn(doc, H)[2]?.tag).toBe('');
});

test('merging joins the words and keeps a tag', () => {
  const doc = docOf('伸びを評価する', 'もっと伸ばしてほしい。', '別の意見');
  tagBullet(doc, H, key(doc, 1), 'wish');
  mergeBullets(doc, H, key(doc, 0), key(doc, 1));
  expect(bulletsIn(doc, H).map(({ text, tag }) => [text, tag])).toEqual([
    ['伸びを評価する。もっと伸ばしてほしい。', 'wish'],
    ['別の意見', ''],
  ]);
});

test('words typed elsewhere during a move and a merge are all there afterwards', () => {
  const one = docOf('一', '二', '三');
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  moveBullet(one, H, key(one, 0), 1);
  const third = other.getXmlFragment(H).get(2) as Y.XmlElement;
  (third.get(0) as Y.XmlText).insert(1, '！');
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  expect(texts(one)).toEqual(['二', '一', '三！']);
  expect(texts(other)).toEqual(texts(one));
});

test('[P12] a draft is taken over line by line, before an empty last bullet', () => {
  const doc = docOf('先の意見', '');
  expect(postBullets(doc, H, bulletsOf('・一つ目\n\n 二つ目 \n'))).toBe(2);
  expect(texts(doc)).toEqual(['先の意見', '一つ目', '二つ目']);
  expect(doc.getXmlFragment(H).length).toBe(4);
});
