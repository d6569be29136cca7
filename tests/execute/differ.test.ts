/** [D8] What is frozen was compared first: memory, log and encoding of the opinions, on real SQLite. */
import { describe, expect, test } from 'vitest';
import { opinionsDocument } from '#protocol/documents.ts';
import type { SampleMeeting } from './house.ts';
import { Street } from './street.ts';

const refused = { ok: false, refused: 'opinions-differ' };
const canary = '秘密の文章カナリア';

async function typed(): Promise<{ street: Street; meeting: SampleMeeting; name: string }> {
  const { street, meeting } = await Street.withMeeting();
  meeting.open().start();
  const name = opinionsDocument(meeting.item().id);
  const page = await street.document(meeting.guest('member'), name);
  for (const word of [canary, '二', '三']) await page.type('results', word);
  return { street, meeting, name };
}

const cut = (name: string) =>
  `delete from document_update where document = '${name}' and
   seq = (select max(seq) from document_update where document = '${name}')`;

const flipped = (name: string) =>
  `drop trigger document_update_no_update;
   update document_update set data = cast(substr(data, 1, 8) || x'ff' || substr(data, 10) as blob)
   where document = '${name}' and seq = 2`;

const metric = (meeting: SampleMeeting, sample: string): number => {
  const text = meeting.house.app.metrics(meeting.guest('secretariat'), null) ?? '';
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return Number(line?.slice(sample.length + 1) ?? 0);
};

describe('[D8] before an item is decided', () => {
  test('[D8] what agrees is frozen', async () => {
    const { meeting } = await typed();
    meeting.decide(4, 'noObjection');
    expect(meeting.item().decision?.opinions[0]?.bullets).toEqual([`${canary}二三`]);
  });

  test('[D8] memory that is not what the log says: nothing is decided, and the same command may come again', async () => {
    const { street, meeting, name } = await typed();
    const before = meeting.state;
    const command = meeting.decisionOf(4, 'noObjection');
    street.house.tamper(cut(name));
    expect(meeting.send(meeting.guest('chair'), command, 'decide-it')).toEqual(refused);
    expect(meeting.state).toEqual(before);
    expect(street.house.rows('select * from decision')).toEqual([]);
    expect(street.house.rows('select * from frozen_opinion')).toEqual([]);
    expect(street.house.rows(`select id from command where id = 'decide-it'`)).toEqual([]);

    const told = street.house.lines.filter((line) => line.includes('document-differs'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`"document":"${name}","code":"memory-differs"`);
    expect(street.house.lines.join('\n')).not.toContain(canary);
    expect(
      metric(
        meeting,
        'kensho_refusals_total{event="document-differs",rule="",code="memory-differs"}',
      ),
    ).toBe(1);
    expect(
      metric(meeting, 'kensho_commands_total{type="decideItem",answer="opinions-differ"}'),
    ).toBe(1);

    // As after a repair: what is in memory comes from the log again.
    await street.house.restart();
    expect(meeting.send(meeting.guest('chair'), command, 'decide-it')).toMatchObject({ ok: true });
    expect(meeting.item().decision?.opinions[0]?.bullets).toEqual([`${canary}二`]);
  });

  test.each(['in memory', 'not in memory'])('[D8] a flipped bit, %s', async (where) => {
    const { street, meeting, name } = await typed();
    if (where === 'not in memory') await street.house.restart();
    street.house.tamper(flipped(name));
    const command = meeting.decisionOf(4, 'noObjection');
    expect(meeting.send(meeting.guest('chair'), command)).toEqual(refused);
    expect(meeting.item().state).toBe('discussing');
    expect(street.house.lines.join('\n')).toMatch(/document-differs.*(log-damaged|DamagedLog)/);
  });

  test('[D8] a snapshot with a broken seal is passed over: the rows are the truth', async () => {
    const { street, meeting, name } = await typed();
    street.house.tamper(`insert into document_snapshot
      select document, seq, hash, data, x'00' from document_update
      where document = '${name}' and seq = 2`);
    meeting.decide(4, 'noObjection');
    expect(meeting.item().decision?.opinions[0]?.bullets).toEqual([`${canary}二三`]);
  });

  test('[D8] nobody makes the server compare who may not decide now', async () => {
    const { street, meeting, name } = await typed();
    street.house.tamper(cut(name));
    for (const role of ['secretariat', 'member', 'section', 'observer'] as const) {
      const ack = meeting.send(meeting.guest(role), meeting.decisionOf(4, 'noObjection'));
      expect([role, ack]).toEqual([role, { ok: false, refused: 'chair-only' }]);
    }
    const second = meeting.send(
      meeting.guest('chair'),
      meeting.decisionOf(4, 'noObjection', '', 1),
    );
    expect(second).toEqual({ ok: false, refused: 'item-not-current' });
    expect(street.house.lines.join('\n')).not.toContain('document-differs');
  });
});
