/** [R13] [R14] The draft of the minutes: what the record tells, in whose words, and what it keeps quiet. */
import { expect, test } from 'vitest';
import type { OptionId, QuestionId, SpeakerStyle } from '#domain/types.ts';
import { draftMinutes, makeMinutesText, parseMinutesText } from '#formats/minutesdraft.ts';
import { makeMinutesFile } from '#formats/minutestext.ts';
import { minutesOf } from '#formats/record.ts';
import { speakersOf } from '#formats/speakers.ts';
import { frozen, item, person, policy, TestRoom } from '../domain/room.ts';

const section = (room: TestRoom, key: string): readonly string[] =>
  draftMinutes(room.meeting).find((each) => each.key === key)?.paragraphs ?? [];
const ofItem = (room: TestRoom, id = 'i1') => section(room, `item-${id}`);

/** A question and its answer on the first item, then a vote. */
function asked(room: TestRoom): TestRoom {
  room.do('m1', { type: 'askQuestion', itemId: item('i1'), text: '参加者の内訳は。' });
  const questionId = room.item().questions[0]?.id ?? ('' as QuestionId);
  return room.do('section', {
    type: 'answerQuestion',
    itemId: item('i1'),
    questionId,
    text: '市内が6割です。',
  });
}

test('an item is told in the order of the skeleton, under letters without gaps', () => {
  const room = asked(new TestRoom().open().start());
  room.opinions = frozen('効果があった。');
  room.vote({ m1: 4, m2: 4, m3: 3, vice: null }).decide(4, 'majority');
  expect(ofItem(room)).toEqual([
    'ア　説明',
    '企画課から説明があった。',
    'イ　質疑・意見',
    '委員：参加者の内訳は。',
    '企画課：市内が6割です。',
    '【R6実績について】',
    '・効果があった。',
    'ウ　投票',
    '投票（記名、投票権のある委員4人）の結果は、次のとおりであった。',
    '・事業効果に対する評価：「地方創生に非常に効果があった」2人、「地方創生に相当程度効果があった」1人、「地方創生に効果があった」0人、「地方創生に効果がなかった」0人、棄権1人',
    'エ　決定',
    '多数により、「事業効果に対する評価」を「地方創生に非常に効果があった」と決定した。',
  ]);
  expect(ofItem(room, 'i2')).toEqual(['ア　決定', '審議に至らなかった。']);
});

test('nobody who voted stands beside a vote, by any style, and a secret round says so', () => {
  const room = new TestRoom().open().start().secret();
  for (const who of ['m1', 'm2', 'm3']) room.cast(who, 4);
  room.close().reveal().decide(4, 'unanimous');
  room.do('sec', { type: 'nameSpeakers', speakers: 'name' });
  const text = ofItem(room).join();
  expect(text).toContain('投票（無記名、投票権のある委員4人）');
  expect(text).not.toMatch(/member m\d/);
});

test('a tie, the chair’s vote and a second round are told with their reasons', () => {
  const room = new TestRoom().open().start().vote({ m1: 4, m2: 3 });
  room.vote({ m1: 4, m2: 4, m3: 3, vice: 3 }).breakTie(3, '課題が残る');
  room.decide(3, 'chairOnTie', '課題が残る');
  const text = ofItem(room);
  expect(text).toContain('第1回の投票（記名、投票権のある委員4人）の結果は、次のとおりであった。');
  expect(text).toContain(
    '可否同数のため、会長が「事業効果に対する評価」を「地方創生に相当程度効果があった」と決した。理由：課題が残る',
  );
  expect(text.at(-1)).toBe('理由：課題が残る');
});

test('合議: the summing-up, objections and 異議なし; 意見聴取 has no decision', () => {
  const room = new TestRoom({ details: { mode: 'consensus' } }).open().start();
  const ratings = room.decisionOf(3);
  if (ratings.type !== 'decideItem') throw new Error('no decision');
  room.do('chair', { type: 'sumUp', itemId: item('i1'), ratings: ratings.ratings });
  room.do('m1', { type: 'raiseObjection', itemId: item('i1'), reason: '実績が足りない' });
  expect(ofItem(room)).toContain('委員から異議があった。理由：実績が足りない');
  room.do('m1', { type: 'withdrawObjection', itemId: item('i1') }).decide(3);
  expect(ofItem(room).at(-1)).toMatch(/^異議なしと認め、/);
  const hearing = new TestRoom({ details: { mode: 'hearing' } }).open().start().vote({ m1: 4 });
  hearing.do('chair', { ...ratings, ratings: [], method: 'heard' });
  expect(ofItem(hearing).at(-1)).toBe('各委員から評価と意見を聴取した。');
});

test('[D12] the reason of a criterion stands behind its rating', () => {
  const asking = { ...policy, asksReason: true };
  const room = new TestRoom({ criteria: [asking] }).open().start();
  const optionId = asking.options[1]?.id ?? ('' as OptionId);
  const ratings = [{ criterionId: asking.id, optionId, reason: '成果が出始めた' }];
  const command = { type: 'decideItem', itemId: item('i1'), ratings } as const;
  room.do('chair', { ...command, method: 'noObjection', reason: '全体として' });
  expect(ofItem(room).slice(-3)).toEqual([
    '異議なしと認め、「今後の方針」を「継続」と決定した。',
    '理由：成果が出始めた',
    '理由：全体として',
  ]);
});

test('deferring and taking back are told with time and reason', () => {
  const room = new TestRoom().open().start().vote({ m1: 4, m2: 4 }).decide(4, 'unanimous');
  room.do('chair', { type: 'reopenItem', itemId: item('i1'), reason: '数値の誤り' });
  room.do('chair', { type: 'deferItem', itemId: item('i1'), reason: '資料の追加' });
  expect(ofItem(room).slice(-2)).toEqual([
    expect.stringMatching(
      /^午前\d+時\d+分、確定した評価を取り消し、再び審議した。理由：数値の誤り$/,
    ),
    expect.stringMatching(/^午前\d+時\d+分、継続審議とした。理由：資料の追加$/),
  ]);
});

test('[P10] of an item that was put off, those who stood aside read nothing that was said', () => {
  const room = asked(new TestRoom().open().start());
  const aside = { itemId: item('i1'), participantId: person('m1'), reason: '取引先' } as const;
  room
    .do('m1', { type: 'declareRecusal', ...aside })
    .vote({ m2: 4, m3: 4 })
    .defer();
  expect(ofItem(room)).toEqual([
    '※ 委員は、この議題について除斥となり、審議及び評価に加わらなかった。',
    'ア　決定',
    expect.stringMatching(/継続審議とした。$/),
  ]);
  expect(minutesOf(room.meeting).items[0]?.rounds).toEqual([]);
  room.start().vote({ m2: 4, m3: 4 }).decide(4, 'unanimous');
  expect(ofItem(room).join()).toContain('参加者の内訳は。');
});

test('the opening tells the quorum as it was then, and who came and left since', () => {
  const room = new TestRoom().open('chair', 'm1', 'm2');
  room.attend('chair', 'm2', 'm3');
  expect(section(room, 'opening').slice(1)).toEqual([
    '委員5人中3人が出席し、定足数（過半数、3人以上）を満たしているため、会議は成立した。',
    expect.stringMatching(/、委員が退室した。$/),
    expect.stringMatching(/、委員が入室した。$/),
  ]);
  const { present, absent } = minutesOf(room.meeting).attendance;
  expect(present).toEqual([
    expect.stringMatching(/^会長\u3000chair chair$/),
    expect.stringMatching(/^委員\u3000member m1（.*に退席）$/),
    '委員　member m2',
    expect.stringMatching(/^委員\u3000member m3（.*から出席）$/),
  ]);
  expect(absent).toEqual(['副会長　viceChair vice']);
});

test('a circulated meeting says so', () => {
  const room = new TestRoom({ details: { gathering: 'circulated' } });
  room.do('sec', { type: 'openMeeting', present: [] });
  expect(section(room, 'opening')[0]).toContain('書面により開催した');
  expect(section(room, 'closing')[0]).toContain('書面による会議を終えた');
});

test.each<[SpeakerStyle, readonly string[]]>([
  ['name', ['会田 花', '安藤 一郎', '別府 次郎', '別府 三郎', '東']],
  ['surname', ['会田会長', '安藤委員', '別府次郎委員', '別府三郎委員', '東委員']],
  ['role', ['会長', '委員', '委員', '委員', '委員']],
  ['letter', ['会長', '委員A', '委員B', '委員C', '委員D']],
])('[R13] %s', (style, expected) => {
  const names = ['会田 花', '安藤 一郎', '別府 次郎', '別府　三郎', '東'];
  const participants = names.map((name, at) => ({
    id: person(name),
    name,
    role: at === 0 ? ('chair' as const) : ('member' as const),
    affiliation: '',
    accountId: null,
    present: true,
  }));
  const speaker = speakersOf({ participants }, style);
  expect(names.map((name) => speaker(person(name)).replace('\u3000', ' '))).toEqual(expected);
});

test('locked text is read back, and the plain file holds all of it with the mark', () => {
  const room = new TestRoom().open().start().vote({ m1: 4, m2: 4 }).decide(4, 'unanimous');
  const sections = draftMinutes(room.meeting);
  expect(parseMinutesText(makeMinutesText(sections))).toEqual(sections);
  const file = makeMinutesFile(
    minutesOf(room.meeting, () => [], {
      state: 'approved',
      body: sections,
      approvedAt: room.now,
      version: { number: 2, reason: '誤字の訂正' },
      signers: [{ name: '安藤 一郎', signedAt: room.now }],
      record: { count: 12, head: 'ab'.repeat(32) },
    }),
  );
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file);
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.split('\r\n')).toEqual(
    expect.arrayContaining([
      '3　議事',
      '(1) i1　事業 i1',
      '全会一致により、「事業効果に対する評価」を「地方創生に非常に効果があった」と決定した。',
      '特になし。',
      expect.stringMatching(/^版：第2版（.*確定）／訂正の理由：誤字の訂正$/),
      expect.stringMatching(/^会議録署名人\u3000.*安藤 一郎$/),
      expect.stringContaining(`会議記録12件（末尾の照合番号 ${'ab'.repeat(32)}）`),
    ]),
  );
});
