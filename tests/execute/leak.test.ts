/**
 * [P10] [P12] [B16] What somebody may not know is in nothing they get: no page, no file, no view.
 * Words that are typed once are looked for in every answer of every route, for every seat.
 */
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Command } from '#domain/command.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import { House, SampleMeeting, type Guest } from './house.ts';
import { routes, visit } from './route.ts';
import { Street } from './street.ts';

const words = {
  question: 'kanaria-question',
  answer: 'kanaria-answer',
  objection: 'kanaria-objection',
  evidence: 'kanaria-evidence',
  opinion: 'kanaria-opinion',
  recusal: 'kanaria-recusal',
  draft: 'kanaria-draft',
  deferral: 'kanaria-deferral',
} as const;
type Word = keyof typeof words;

/** A meeting with something to hide at every place; the second member stands aside from item 0. */
async function full(house = new House()) {
  const street = await Street.open(house);
  const meeting = await SampleMeeting.open(house);
  const [sec, chair, member, aside] = [
    meeting.guest('secretariat'),
    meeting.guest('chair'),
    meeting.guest('member', 0),
    meeting.guest('member', 1),
  ];
  const { id: itemId } = meeting.item();
  const [criterion] = meeting.state.criteria;
  const heading = meeting.state.headings[0]?.id;
  if (!criterion || !heading) throw new Error('nothing to rate');
  const ratings = [{ criterionId: criterion.id, optionId: criterion.options[1]?.id }];
  const cast = meeting.castOf(4, 0, 'none' as never);
  const choices = 'choices' in cast ? cast.choices : [];
  const command = (body: object) => body as Command;
  meeting.do(sec, { type: 'startPreview' });
  meeting.do(member, { type: 'ratePrivately', itemId, choices });
  meeting.do(member, { type: 'askQuestion', itemId, text: words.question });
  const { id: questionId } = meeting.item().questions[0] ?? {};
  meeting.do(sec, command({ type: 'answerQuestion', itemId, questionId, text: words.answer }));
  meeting.do(sec, command({ type: 'rateSelf', itemId, ratings, evidence: words.evidence }));
  for (const [who, reason] of [
    [aside, words.recusal],
    [meeting.guest('member', 2), words.recusal],
  ] as const)
    meeting.do(who, { type: 'declareRecusal', itemId, participantId: who.seat, reason });
  meeting.open().start();
  const seated = meeting.house.app.meetings.find(member.accountId, meeting.id);
  if (!seated) throw new Error('no seat');
  const drafted = { itemId, headingId: heading, text: words.draft };
  meeting.house.app.meetings.saveDraft(seated, drafted);
  const page = await street.document(member, opinionsDocument(itemId));
  await page.type(heading, words.opinion);
  meeting.do(chair, command({ type: 'sumUp', itemId, ratings }));
  meeting.do(member, { type: 'raiseObjection', itemId, reason: words.objection });
  return { street, meeting, itemId, member, aside, sec, chair };
}

type Full = Awaited<ReturnType<typeof full>>;

/** Which words reach a person, and where. */
async function heard(world: Full, guest: Guest): Promise<ReadonlyMap<Word, string[]>> {
  const answers = await visitsOf(world, guest);
  const view = await world.street.view(guest, world.meeting);
  answers.push(['view', JSON.stringify(view.entries)]);
  return new Map(
    (Object.keys(words) as Word[]).map((word) => [
      word,
      answers.filter(([, text]) => text.includes(words[word])).map(([where]) => where),
    ]),
  );
}

const silent = (found: ReadonlyMap<Word, string[]>, but: readonly Word[] = []) =>
  expect([...found].filter(([word, places]) => places.length > 0 && !but.includes(word))).toEqual(
    [],
  );

test(
  '[P10] whoever stands aside gets no word of the item, on no page, in no file, before it is decided',
  { timeout: 60_000 },
  async () => {
    const world = await full();
    const { meeting, aside, street, itemId } = world;
    const own = await heard(world, aside);
    silent(own);
    // The words are there for those who take part, so that a silence means something.
    const others = await heard(world, world.member);
    for (const word of ['question', 'answer', 'evidence', 'opinion', 'objection', 'draft'] as const)
      expect([word, others.get(word)]).not.toEqual([word, []]);

    meeting.vote([4, 4]);
    const observer = meeting.guest('observer');
    silent(await heard(world, observer));
    meeting.do(world.chair, { type: 'deferItem', itemId, reason: '時間切れ' });
    silent(await heard(world, aside));
    silent(await heard(world, observer));
    expect(await closedWith(street, aside, opinionsDocument(itemId))).toBe(CLOSE.forbidden);
    expect(await closedWith(street, observer, opinionsDocument(itemId))).toBe(CLOSE.forbidden);
  },
);

test(
  '[P10] an item that was put off stays so when the meeting is over, for a chair too who stands aside',
  { timeout: 60_000 },
  async () => {
    const world = await full();
    const { meeting, aside, chair, sec, itemId } = world;
    meeting.vote([4, 4]);
    meeting.do(chair, { type: 'deferItem', itemId, reason: words.deferral });
    const own = { itemId, participantId: chair.seat, reason: '利害' };
    meeting.do(chair, { type: 'declareRecusal', ...own });
    for (const { id } of meeting.state.items.slice(1)) {
      meeting.do(sec, { type: 'startItem', itemId: id });
      meeting.do(sec, { type: 'deferItem', itemId: id, reason: '' });
    }
    meeting.do(sec, { type: 'closeMeeting' });
    silent(await heard(world, aside));
    silent(await heard(world, chair));
    const told = await heard(world, sec);
    expect(told.get('deferral')).not.toEqual([]);
  },
);

test(
  '[P10] two meetings that differ in the count alone are the same to whoever stands aside',
  { timeout: 60_000 },
  async () => {
    const told = async (level: 1 | 4) => {
      const world = await full(new House('same'));
      world.meeting.vote([level, level]);
      return {
        aside: await visitsOf(world, world.aside),
        chair: await visitsOf(world, world.chair, 'meetings/[id]'),
      };
    };
    const [one, other] = [await told(4), await told(1)];
    const differing = other.aside.filter(([, text], index) => text !== one.aside[index]?.[1]);
    expect(differing.map(([where]) => where)).toEqual([]);
    expect(other.chair).not.toEqual(one.chair);
  },
);

test(
  '[P12] [B16] a draft and a private rating reach their owner alone',
  { timeout: 60_000 },
  async () => {
    const world = await full();
    const { meeting, member } = world;
    for (const guest of meeting.guests) {
      const found = await heard(world, guest);
      const isOwner = guest.seat === member.seat;
      const places = new Set(found.get('draft')?.map((where) => where.split('?')[0]));
      expect([guest.role, [...places]]).toEqual([guest.role, isOwner ? ['meetings/[id]'] : []]);
      const [[, page] = ['', '']] = await visitsOf(world, guest, 'meetings/[id]');
      expect([guest.role, /"ratings":\{"/.test(page)]).toEqual([guest.role, isOwner]);
    }
  },
);

/** What an address may ask for besides. */
const kinds: ReadonlyMap<string, readonly string[]> = new Map([
  ['results/minutes', ['', '?kind=summary']],
  ['minutes/text', ['', '?kind=summary']],
  ['replies/file', ['?kind=csv']],
]);

/** What every page and file of the meeting says to a person, also in its other kinds. */
async function visitsOf({ meeting }: Full, person: Guest, only?: string) {
  const { house } = meeting;
  const params = { id: meeting.id, item: meeting.item().id, slug: 'no-such-page' };
  const asked =
    only === undefined ? routes.filter((each) => /meetings\/\[id\]/.test(each)) : [only];
  const found: [string, string][] = [];
  for (const route of asked) {
    for (const query of kinds.get(route.split('/').slice(-2).join('/')) ?? ['']) {
      const { text } = await visit(route, { house, params, person, query });
      found.push([route + query, text]);
    }
  }
  return found;
}

/** The code a line is closed with that nobody lets in. */
function closedWith(street: Street, guest: Guest, name: string): Promise<number> {
  return new Promise((resolve) => {
    const url = `ws://127.0.0.1:${street.port}/yjs/${name}?schema=2&client=77`;
    const line = new WebSocket(url, { headers: street.headers(guest.token) });
    line.on('close', resolve);
  });
}
