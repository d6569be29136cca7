/** A word that is typed everywhere it can be typed appears in no line of the log and no metric. */
import { expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { examine } from '../../server/doctor.ts';
import { details } from './house.ts';
import { ask, Street } from './street.ts';

const canary = 'カナリア7f3a';
/** Ids are letters and digits; this one stands for a choice. */
const choice = 'canary-choice-7f3a';

test('neither names nor ballots nor opinions nor reasons reach log, metrics or doctor, also when things go wrong', async () => {
  const { street, meeting } = await Street.withMeeting();
  const { house } = street;
  const [sec, chair, member] = [
    meeting.guest('secretariat'),
    meeting.guest('chair'),
    meeting.guest('member'),
  ];
  const [criterion] = meeting.state.criteria;
  if (!criterion) throw new Error('no criterion');
  const options = criterion.options.map((option, index) =>
    index === 0 ? { ...option, id: choice, label: canary } : option,
  );
  const prepared = [
    { type: 'changeDetails', details: { ...details, title: canary, place: canary } },
    { type: 'changeCriteria', criteria: [{ ...criterion, name: canary, options }] },
    {
      type: 'changeParticipant',
      participantId: member.seat,
      seat: { name: canary, role: 'member', affiliation: canary },
    },
    {
      type: 'changeItem',
      itemId: meeting.item().id,
      sheet: { ...meeting.item().sheet, name: canary },
    },
  ] as unknown as Command[];
  for (const command of prepared) meeting.do(sec, command);
  meeting.open().start().ballot().cast(member, 4);
  const itemId = meeting.item().id;
  const page = await street.document(member, opinionsDocument(itemId));
  await page.type('results', canary);

  // Everything that could quote a value: refused, malformed, failing inside, at every door.
  const socket = await street.connect(member);
  house.now += 60_000;
  await ask(socket, 'command', { meetingId: canary, id: canary, command: { type: canary } });
  await ask(socket, canary, canary);
  house.tamper(
    `create trigger boom before insert on ballot begin select raise(abort, '${canary}'); end`,
  );
  const failed = { ok: false, refused: 'internal' };
  expect(meeting.send(member, meeting.castOf(4))).toEqual(failed);
  house.tamper('drop trigger boom');
  house.tamper(
    `create trigger full before insert on document_update begin select raise(abort, '${canary}'); end`,
  );
  meeting.close();
  house.tamper('drop trigger full');
  meeting.reveal();
  house.tamper(
    `create trigger boom before insert on frozen_opinion begin select raise(abort, '${canary}'); end`,
  );
  const reasoned = meeting.decisionOf(4, 'noObjection', canary);
  expect(meeting.send(chair, reasoned)).toEqual(failed);
  house.tamper('drop trigger boom');
  meeting.do(chair, reasoned);
  meeting.do(chair, { type: 'reopenItem', itemId, reason: canary });
  await house.app.auth.signIn(`${choice}@example.jp`, canary, '192.0.2.1');
  house.app.auth.readInvitation(canary);
  const metrics = house.app.metrics(sec, null) ?? '';
  await house.app.close();
  // With every choice and every word out of its place, so that each check has something to say.
  house.tamper(`update ballot set option_id = '${choice}x';
    update tally set option = option || '${canary}';
    update item set name = name || '${canary}'; update participant set name = name || '${canary}';
    delete from document_update where seq = 2`);
  const diagnosis = JSON.stringify(examine(house.file, undefined));
  expect(diagnosis).toContain('tally: option of');

  expect(metrics).toContain('kensho_commands_total{type="castBallot",answer="internal"} 1');
  const log = [...house.lines, metrics, diagnosis].join('\n');
  expect(house.lines.length).toBeGreaterThanOrEqual(3);
  expect(log).toContain('command-failed');
  expect(log).toContain('publish-failed');
  for (const word of [canary, choice, 'カナリア', 'canary', JSON.stringify(canary).slice(1, -1)]) {
    expect([word, log.includes(word)]).toEqual([word, false]);
  }
});
