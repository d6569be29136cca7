/** The text of an opinions document, as it is frozen when an item is decided. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readOpinions, seedOpinions } from '../../server/sync/opinions.ts';
import { copyOf, headings } from './world.ts';

function bulletsOf(...texts: string[]): Y.Doc {
  const doc = new Y.Doc();
  const bullets = texts.map((text) => {
    const bullet = new Y.XmlElement('bullet');
    bullet.insert(0, [new Y.XmlText(text)]);
    return bullet;
  });
  doc.getXmlFragment('results').insert(0, bullets);
  return doc;
}

test('keeps the order, leaves out what is empty, cuts outer white space', () => {
  const doc = bulletsOf(' 一つ目　', '', '　', '二つ目\n続き', '<b>三</b>&amp;');
  expect(readOpinions(doc, headings)).toEqual([
    { headingId: 'results', bullets: ['一つ目', '二つ目\n続き', '<b>三</b>&amp;'] },
    { headingId: 'policy', bullets: [] },
  ]);
});

test('joins the pieces of a text, and counts nothing that is no letter', () => {
  const doc = bulletsOf('前後');
  const bullet = doc.getXmlFragment('results').get(0) as Y.XmlElement;
  const text = bullet.get(0) as Y.XmlText;
  text.insert(1, '👍', { bold: true });
  text.insertEmbed(0, { image: 'x' });
  bullet.insert(1, [new Y.XmlText('、続き')]);
  expect(readOpinions(doc, headings)[0]?.bullets).toEqual(['前👍後、続き']);
});

test('reads a loaded copy as it reads the original', () => {
  const doc = bulletsOf('一', '二');
  expect(readOpinions(copyOf(doc), headings)).toEqual(readOpinions(doc, headings));
});

test('is seeded once', () => {
  const doc = new Y.Doc();
  seedOpinions(doc, headings);
  seedOpinions(doc, headings);
  expect(headings.map((heading) => doc.getXmlFragment(heading).length)).toEqual([1, 1]);
});
