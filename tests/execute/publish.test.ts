/** What the browsers hold: the view of the record, also after failures, and the opinions of a decision. */
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { EDITOR_SCHEMA, opinionsDocument, type DocumentName } from '#protocol/documents.ts';
import type { Meeting } from '#domain/meeting.ts';
import type { ParticipantId } from '#domain/types.ts';
import { parseView, viewEntries, viewOf } from '#protocol/view.ts';
import { CLOSE } from '#protocol/sync.ts';
import { createPublish } from '../../server/publish.ts';
import { SampleMeeting, type Guest } from './house.ts';
import { Street, type Page } from './street.ts';

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
const viewIn = (page: Page) => parseView((key) => page.entries[key]);
const told = (page: Page, meeting: SampleMeeting) =>
  page.until(() => viewIn(page)?.rev === meeting.state.rev);

/** The code a connection to a document is closed with. */
const closeOf = (street: Street, guest: Guest, name: DocumentName): Promise<number> =>
  new Promise((resolve) => {
    const url = `ws://127.0.0.1:${street.port}/yjs/${name}?schema=${EDITOR_SCHEMA}&client=7`;
    const socket = new WebSocket(url, { headers: street.headers(guest.token) });
    socket.once('close', resolve);
  });

describe('the view', () => {
  test('is in every browser what viewOf says, entry by entry', async () => {
    const { street, meeting } = await Street.withMeeting();
    const [chair, observer] = [meeting.guest('chair'), meeting.guest('observer')];
    const pages = [await street.view(chair, meeting), await street.view(observer, meeting)];
    meeting.open().start().vote([4, 4, 4, 4, 4]).decide(4, 'unanimous');
    const sec = meeting.guest('secretariat');
    const { sheet } = meeting.item(1);
    meeting.do(sec, { type: 'addItem', sheet });
    for (const [at, page] of pages.entries()) {
      await told(page, meeting);
      const audience = at === 0 ? 'everybody' : 'observers';
      expect(viewIn(page)).toEqual(json(viewOf(meeting.state, audience)));
    }
  });

  test('loses the entries of items that are gone', async () => {
    const { street, meeting } = await Street.withMeeting();
    const page = await street.view(meeting.guest('secretariat'), meeting);
    const itemId = meeting.item(3).id;
    meeting.do(meeting.guest('secretariat'), { type: 'removeItem', itemId });
    await told(page, meeting);
    expect(Object.keys(page.entries).sort()).toEqual(
      [...viewEntries(viewOf(meeting.state)).keys()].sort(),
    );
  });

  test('a command that is stored is answered as stored, and the view catches up with the next', async () => {
    const { street, meeting } = await Street.withMeeting();
    const { house } = street;
    meeting.open();
    const page = await street.view(meeting.guest('member'), meeting);
    house.tamper(
      `create trigger full before insert on document_update begin select raise(abort, 'disk'); end`,
    );
    const itemId = meeting.item(0).id;
    const ack = meeting.send(meeting.guest('chair'), { type: 'startItem', itemId });
    expect(ack).toEqual({ ok: true, rev: meeting.state.rev });
    expect(house.lines.filter((line) => line.includes('publish-failed'))).toHaveLength(1);
    house.tamper('drop trigger full');
    // The next command touches another item: the one that was missed has to come along.
    meeting.start(1);
    await told(page, meeting);
    expect(viewIn(page)).toEqual(json(viewOf(meeting.state)));
  });

  test('a crash between a command and its publishing leaves nobody with the old view', async () => {
    const meeting = (await SampleMeeting.open()).open();
    const { house } = meeting;
    house.tamper(
      `create trigger full before insert on document_update begin select raise(abort, 'disk'); end`,
    );
    meeting.start(0);
    house.tamper('drop trigger full');
    await house.restart();
    const street = await Street.open(house);
    const page = await street.view(meeting.guest('member'), meeting);
    expect(viewIn(page)).toEqual(json(viewOf(meeting.state)));
  });

  test('after a restart it is changed, not written anew: a browser that kept it does not double it', async () => {
    const meeting = (await SampleMeeting.open()).open().start();
    const { house } = meeting;
    const rows = () =>
      house.rows(`select seq from document_update where document = ?`, `meeting/${meeting.id}`)
        .length;
    await house.restart();
    const before = rows();
    expect(meeting.state.phase).toBe('open');
    const street = await Street.open(house);
    const page = await street.view(meeting.guest('member'), meeting);
    expect(rows()).toBe(before);
    expect(viewIn(page)).toEqual(json(viewOf(meeting.state)));
  });
});

describe('[D6] a decision', () => {
  test('[D6] freezes what was typed just before, and nothing typed after counts', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open().start();
    const name = opinionsDocument(meeting.item().id);
    const page = await street.document(meeting.guest('member'), name);
    await page.type('results', '来場者が増えた');
    meeting.decide(4, 'noObjection');
    expect(meeting.item().decision?.opinions).toEqual([
      { headingId: 'results', heading: '【R6実績について】', bullets: ['来場者が増えた'] },
      { headingId: 'future', heading: '【今後の方針等について】', bullets: [] },
    ]);
    expect(street.house.rows('select heading, position, text from frozen_opinion')).toEqual([
      { heading: '【R6実績について】', position: 0, text: '来場者が増えた' },
    ]);
    const seated = street.house.app.meetings.find(meeting.guest('member').accountId, meeting.id);
    if (!seated) throw new Error('no seat');
    expect(street.house.app.meetings.opinions(seated, meeting.item().id)).toEqual(
      meeting.item().decision?.opinions,
    );
  });

  test('[P3] nobody makes a document before the headings are final', async () => {
    const { street, meeting } = await Street.withMeeting();
    const sec = meeting.guest('secretariat');
    const name = opinionsDocument(meeting.item().id);
    const seated = street.house.app.meetings.find(sec.accountId, meeting.id);
    expect(seated && street.house.app.meetings.opinions(seated, meeting.item().id)).toEqual([]);
    expect(await closeOf(street, sec, name)).toBe(CLOSE.forbidden);
    const headings = [...meeting.state.headings, { id: 'third', text: '【その他】' }];
    meeting.do(sec, {
      type: 'changeHeadings',
      headings: headings as typeof meeting.state.headings,
    });
    meeting.open().start();
    const page = await street.document(meeting.guest('member'), name);
    await page.type('third', '見出しが増えた');
    meeting.decide(4, 'noObjection');
    expect(meeting.item().decision?.opinions.at(-1)?.bullets).toEqual(['見出しが増えた']);
  });
});

describe('a body of a hundred', () => {
  const electorate = Array.from({ length: 100 }, (_, index) => ({
    participantId: `seat-${index}` as ParticipantId,
    name: `委員${index}`,
  }));

  /** The meeting with a ballot of 100 electors, the first `cast` of whom have voted. */
  const crowded = (meeting: Meeting, cast: number, status: 'open' | 'closed' = 'open'): Meeting => {
    const voted = electorate.slice(0, cast).map(({ participantId }) => participantId);
    const items = meeting.items.map((item) => ({
      ...item,
      rounds: item.rounds.map((round) => ({ ...round, status, electorate, voted })),
    }));
    return { ...meeting, items, rev: meeting.rev + cast };
  };

  /** How often the view has been written, and a way to write it. */
  async function desk() {
    const { state } = (await SampleMeeting.open()).open().start().ballot();
    const told: string[] = [];
    const waiting: (() => void)[] = [];
    const publish = createPublish(
      { change: (name) => void told.push(name), narrow: () => undefined },
      (_, error) => {
        throw error;
      },
      (work) => waiting.push(work),
    );
    return {
      state,
      publish,
      // Once for each audience, so one of them is counted.
      times: () => told.filter((name) => name === told[0]).length,
      turn: () => waiting.splice(0).forEach((work) => work()),
    };
  }

  test('hears of casts that come together once, and of the end of the ballot at once', async () => {
    const { state, publish, times, turn } = await desk();
    const [none, one, two] = [crowded(state, 0), crowded(state, 1), crowded(state, 2)];
    publish(state, none);
    expect(times()).toBe(1);
    publish(none, one);
    publish(one, two);
    expect(times()).toBe(1);
    turn();
    expect(times()).toBe(2);
    publish(two, crowded(state, 3));
    publish(crowded(state, 3), crowded(state, 3, 'closed'));
    expect(times()).toBe(3);
    turn();
    expect(times()).toBe(3);
  });

  test('hears of a recusal at once, though a ballot is open', async () => {
    const { state, publish, times } = await desk();
    const open = crowded(state, 1);
    publish(state, open);
    const items = open.items.map((item) => ({ ...item, recused: [...item.recused] }));
    publish(open, { ...open, items, rev: open.rev + 1 });
    expect(times()).toBe(2);
  });
});
