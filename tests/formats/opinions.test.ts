import fc from 'fast-check';
import { expect, test } from 'vitest';
import { opinionLimits, parseOpinions } from '#formats/opinions.ts';

const [past, future] = ['【R6実績について】', '【今後の方針等について】'];
const texts = (cell: string) => parseOpinions(cell).opinions.map(({ text }) => text);

test('headings and bullets under tags that never close', () => {
  const cell = `<p>${past}</p> <ul style="list-style-type: none"> ・一つ目。続きの文。 ・二つ目 <p>${future}</p> <ul> ・三つ目。`;
  expect(parseOpinions(cell)).toEqual({
    opinions: [
      { heading: past, text: '一つ目。続きの文。' },
      { heading: past, text: '二つ目' },
      { heading: future, text: '三つ目。' },
    ],
    split: false,
    unheaded: false,
  });
});

test('without ・ it splits after 。 before white space, never on 。 alone', () => {
  const read = parseOpinions(
    `${past} 「周知」は進んだ。なお課題も残る。 二つ目の意見。\n三つ目である ${future} 四つ目。五つ目ではない。`,
  );
  expect(read.opinions.map(({ heading, text }) => [heading, text])).toEqual([
    [past, '「周知」は進んだ。なお課題も残る。'],
    [past, '二つ目の意見。'],
    [past, '三つ目である'],
    [future, '四つ目。五つ目ではない。'],
  ]);
  expect(read.split).toBe(true);
});

test('with ・ white space after 。 does not split', () => {
  expect(texts(`${past}\n・前半。 後半。\n・次`)).toEqual(['前半。 後半。', '次']);
});

test('・ inside words is no bullet', () => {
  expect(texts('・まち・ひと・しごとの連携')).toEqual(['まち・ひと・しごとの連携']);
});

test('a bracket inside an opinion is no heading', () => {
  expect(parseOpinions('・【要望】 次の年も続ける。 ・【意見】と書いた。').opinions).toEqual([
    { heading: '', text: '【要望】 次の年も続ける。' },
    { heading: '', text: '【意見】と書いた。' },
  ]);
});

test('list items, entities and wrapped lines; an angle bracket in prose stays', () => {
  expect(texts('<ul><li>A&amp;B</li><li>長い行が\n折り返された</li></ul>')).toEqual([
    'A&B',
    '長い行が折り返された',
  ]);
  expect(texts('・目標<実績 である ・5件>3件')).toEqual(['目標<実績 である', '5件>3件']);
});

test('scripts in a cell come out as text, not as tags of ours', () => {
  expect(texts('・<b onclick="x()">強い</b>意見<script>x()</script>')).toEqual([
    '強い意見<script>x()</script>',
  ]);
});

test('empty cells and bare headings hold no opinion', () => {
  expect(['', past, `<p>${past}</p><ul></ul>`, '・', '・ ・ ・'].map(texts)).toEqual([
    [],
    [],
    [],
    [],
    [],
  ]);
});

test('any text: bounded, trimmed, never an exception', () => {
  const pieces = fc.constantFrom(
    '【',
    '】',
    '・',
    '。',
    ' ',
    '\n',
    '<p>',
    '</ul',
    '<li>',
    '&amp;',
    '意見',
    '【R6実績について】',
    '<',
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 200 }).map((parts) => parts.join('')),
      (cell) => {
        const { opinions } = parseOpinions(cell);
        expect(opinions.length).toBeLessThanOrEqual(opinionLimits.perProject);
        for (const { text } of opinions) expect(text.trim()).toBe(text);
      },
    ),
  );
});
