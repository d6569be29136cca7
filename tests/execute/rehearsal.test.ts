/** [M16] A rehearsal is wiped to the last byte, and nothing else ever is. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MeetingId, Role } from '#domain/types.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { kept } from '../../server/db/rehearsal.ts';
import { actions } from '../../src/routes/(desk)/+page.server.ts';
import { details, House, SampleMeeting, type Guest } from './house.ts';
import { Street } from './street.ts';

const canary = 'kanaria-7f3a-rehearsal';

/** Rows that name the meeting, per table, in any column. */
function traces(house: House, ids: readonly string[]): Readonly<Record<string, number>> {
  const tables = house.rows<{ name: string }>(
    `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`,
  );
  return Object.fromEntries(
    tables
      .map(({ name }) => {
        const rows = house.rows(`select * from ${name}`).map((row) => JSON.stringify(row));
        return [name, rows.filter((row) => ids.some((id) => row.includes(id))).length] as const;
      })
      .filter(([, count]) => count > 0),
  );
}

const bytesOf = (house: House): string =>
  [house.file, `${house.file}-wal`]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'latin1'))
    .join('');

/** Something in every table: preview, ballots of both kinds, paper, drafts, opinions, a decision. */
async function played(street: Street) {
  const meeting = await SampleMeeting.open(street.house, { rehearsal: true });
  const [sec, chair, member] = [
    meeting.guest('secretariat'),
    meeting.guest('chair'),
    meeting.guest('member'),
  ];
  const { app } = meeting.house;
  const criterionIds = meeting.state.criteria.map(({ id }) => id);
  const at = (n: number) => meeting.item(n).id;
  const choices = (n: number, level: 1 | 4) => {
    const cast = meeting.castOf(level, n, 'none' as never);
    return 'choices' in cast ? cast.choices : [];
  };
  meeting.do(sec, { type: 'startPreview' });
  meeting.do(member, { type: 'ratePrivately', itemId: at(0), choices: choices(0, 4) });
  const seated = app.meetings.find(member.accountId, meeting.id);
  const heading = meeting.state.headings[0];
  if (!seated || !heading) throw new Error('nothing to draft on');
  meeting.open();
  app.meetings.saveDraft(seated, { itemId: at(2), headingId: heading.id, text: canary });
  meeting.start(0);
  const page = await street.document(member, opinionsDocument(at(0)));
  await page.type(heading.id, canary);
  meeting.vote([4, 4, 4, 4, 4]).decide(4, 'unanimous', canary);
  meeting.start(1);
  meeting.do(chair, { type: 'openBallot', itemId: at(1), criterionIds, secrecy: 'secret' });
  meeting.cast(member, 4, 1).close(1).reveal(1);
  meeting.do(chair, { type: 'openBallot', itemId: at(1), criterionIds, secrecy: 'secret' });
  meeting.cast(member, 4, 1).close(1).reveal(1).decide(4, 'unanimous', '', 1);
  meeting.start(2).ballot(2).cast(member, 3, 2);
  meeting.do(sec, {
    type: 'recordPaperBallot',
    itemId: at(2),
    roundId: meeting.round(2).id,
    participantId: meeting.guest('member', 1).seat,
    choices: choices(2, 1),
  });
  app.meetings.invite(sec, meeting.id, meeting.guest('member').seat, 'a@example.jp');
  return { meeting, sec, page };
}

describe('[M16] wiping', () => {
  test('[M16] leaves no row and no byte of it, sends everybody away, and touches no other meeting', async () => {
    const street = await Street.open();
    const other = await SampleMeeting.open(street.house);
    const others = [other.id, ...other.state.items.map(({ id }) => id)];
    const { meeting, sec } = await played(street);
    const { house } = meeting;
    const view = await street.view(meeting.guest('member'), meeting);
    const gone = new Promise<void>((resolve) => view.closed(resolve));
    const ids = [meeting.id, ...meeting.state.items.map(({ id }) => id)];
    const before = traces(house, ids);
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(['meeting_event', 'ballot', 'draft', 'paper_ballot', 'decision']),
    );
    expect(bytesOf(house)).toContain(canary);
    const untouched = traces(house, others);

    expect(house.app.rehearsals.wipe(sec, meeting.id)).toBe(true);
    await gone;
    expect(traces(house, ids)).toEqual({});
    expect(bytesOf(house)).not.toContain(canary);
    expect(traces(house, others)).toEqual(untouched);
    expect(house.app.meetings.find(sec.accountId, meeting.id)).toBeUndefined();
    expect(meeting.send(sec, { type: 'closeMeeting' })).toEqual({
      ok: false,
      refused: 'unknown-meeting',
    });
    // Neither a tick that was due nor the next start brings anything back.
    await house.restart();
    expect(traces(house, ids)).toEqual({});
    expect(house.app.rehearsals.wipe(sec, meeting.id)).toBe(false);
    expect(house.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  test('[M16] knows every table that names a meeting', () => {
    const house = new House();
    const tables = house.rows<{ name: string }>(
      `select distinct t.name as name from sqlite_schema t join pragma_table_info(t.name) c
        where t.type = 'table' and c.name = 'meeting_id'`,
    );
    expect(tables.map(({ name }) => name).sort()).toEqual([...kept].sort());
    const documents = house.rows<{ name: string }>(
      `select distinct t.name as name from sqlite_schema t join pragma_table_info(t.name) c
        where t.type = 'table' and c.name = 'document'`,
    );
    expect(documents.map(({ name }) => name).sort()).toEqual([
      'document_client',
      'document_snapshot',
      'document_update',
    ]);
  });

  test('[M16] is the secretariat’s alone, and of its own meeting', async () => {
    const house = new House();
    const meeting = await SampleMeeting.open(house, { rehearsal: true });
    const roles: readonly Role[] = ['chair', 'member', 'section', 'observer'];
    for (const role of roles) {
      expect([role, house.app.rehearsals.wipe(meeting.guest(role), meeting.id)]).toEqual([
        role,
        false,
      ]);
    }
    const stranger = { accountId: 'somebody-else' as Guest['accountId'] };
    expect(house.app.rehearsals.wipe(stranger, meeting.id)).toBe(false);
    expect(meeting.state.items).toHaveLength(9);
  });
});

describe('[M16] no other meeting', () => {
  test('[M16] can be wiped, declared a rehearsal, or deleted from', async () => {
    const meeting = await SampleMeeting.open();
    const { house } = meeting;
    const sec = meeting.guest('secretariat');
    const before = traces(house, [meeting.id]);
    expect(house.app.rehearsals.wipe(sec, meeting.id)).toBe(false);
    const { title, place } = meeting.state;
    const declared = { ...details, title, place, rehearsal: true };
    expect(meeting.send(sec, { type: 'changeDetails', details: declared })).toEqual({
      ok: false,
      refused: 'rehearsal-fixed',
    });
    expect(house.app.rehearsals.wipe(sec, meeting.id)).toBe(false);
    expect(() => house.tamper('delete from meeting_event')).toThrow(/never changed/);
    expect(() => house.tamper('update meeting set rehearsal = 1')).toThrow(/never becomes/);
    const { command, ...rows } = traces(house, [meeting.id]);
    expect({ ...rows, command: (command ?? 0) - 1 }).toEqual(before);
  });

  test('[M16] not by a form posted by hand either', async () => {
    const meeting = await SampleMeeting.open();
    const form = new FormData();
    form.set('meeting', meeting.id);
    const request = new Request('http://127.0.0.1/?/wipe', { method: 'POST', body: form });
    const locals = { app: meeting.house.app, signedIn: meeting.guest('secretariat') };
    const event = { locals, request, url: new URL(request.url) };
    expect(await actions.wipe?.(event as never)).toMatchObject({ status: 403 });
    expect(meeting.state.items).toHaveLength(9);
  });

  test('[M16] and a rehearsal stays one', async () => {
    const meeting = await SampleMeeting.open(new House(), { rehearsal: true });
    const sec = meeting.guest('secretariat');
    const changed = { ...details, rehearsal: false };
    const ack = meeting.send(sec, { type: 'changeDetails', details: changed });
    expect(ack).toEqual({ ok: false, refused: 'rehearsal-fixed' });
    expect(() => meeting.house.tamper('update meeting set rehearsal = 0')).toThrow(/never becomes/);
  });
});

describe('[M16] making', () => {
  test('[M16] copies what was prepared and nothing of what was said, and is marked', async () => {
    const { model, house, sec } = await copied();
    const made = house.app.rehearsals.make(sec, model.id);
    const copy = made && house.app.meetings.find(sec.accountId, made)?.meeting;
    expect(copy).toMatchObject({
      rehearsal: true,
      phase: 'draft',
      title: `【リハーサル】${model.state.title}`,
      criteria: model.state.criteria,
      headings: model.state.headings,
      captions: model.state.captions,
    });
    expect(copy?.items.map(({ sheet }) => sheet)).toEqual(
      model.state.items.map(({ sheet }) => sheet),
    );
    const people = (of: typeof copy) => of?.participants.map(({ name, role }) => [name, role]);
    expect(people(copy)).toEqual(people(model.state));
    expect(JSON.stringify(copy)).not.toContain(canary);
    expect(copy?.participants.filter(({ accountId }) => accountId !== null)).toHaveLength(1);
    expect(model.state.rehearsal).toBe(false);
  });

  test('[M16] of the sample, for staff alone', async () => {
    const { model, house, sec } = await copied();
    const made = house.app.rehearsals.make(sec, null);
    expect(made && house.app.meetings.find(sec.accountId, made)?.meeting).toMatchObject({
      rehearsal: true,
      title: '【リハーサル】サンプル会議',
    });
    expect(() => house.app.rehearsals.make(model.guest('member'), null)).toThrow(/staff/);
  });

  test('[M16] only of a meeting one is secretariat of: any other is as unknown as none', async () => {
    const { model, house } = await copied();
    const staff = { ...model.guest('member'), isStaff: true };
    expect(house.app.rehearsals.make(staff, model.id)).toBeUndefined();
    expect(house.app.rehearsals.make(staff, 'no-such-meeting' as MeetingId)).toBeUndefined();
  });
});

async function copied() {
  const model = await SampleMeeting.open();
  const sec = model.guest('secretariat');
  model.do(sec, { type: 'askQuestion', itemId: model.item().id, text: canary });
  return { model, house: model.house, sec };
}
