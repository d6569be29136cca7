/** What is counted, that it adds up, who may read it, and that nothing in it is about a person. */
import { describe, expect, test } from 'vitest';
import { createDigest } from '../../server/digest.ts';
import { createLog } from '../../server/log.ts';
import { createRegistry } from '../../server/metrics.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { House, SampleMeeting } from './house.ts';
import { ask, once, Street } from './street.ts';

/** The samples of a text, by name and labels. */
function parse(text: string | null): ReadonlyMap<string, number> {
  const lines = (text ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

const read = (meeting: SampleMeeting) =>
  parse(meeting.house.app.metrics(meeting.guest('secretariat'), null));

describe('the text format', () => {
  test('a histogram: cumulative buckets, the last one is the count', () => {
    const registry = createRegistry();
    const histogram = registry.histogram('wait_seconds', 'Waiting.', [0.1, 1]);
    for (const value of [0.05, 0.1, 0.5, 1, 3]) histogram.observe(value, { part: 'x' });
    expect(registry.text().split('\n')).toEqual([
      '# HELP wait_seconds Waiting.',
      '# TYPE wait_seconds histogram',
      'wait_seconds_bucket{part="x",le="0.1"} 2',
      'wait_seconds_bucket{part="x",le="1"} 4',
      'wait_seconds_bucket{part="x",le="+Inf"} 5',
      'wait_seconds_sum{part="x"} 4.65',
      'wait_seconds_count{part="x"} 5',
      '',
    ]);
  });

  test('counters by label, and one that never moved; gauges when they are asked', () => {
    const registry = createRegistry();
    const counter = registry.counter('seen_total', 'Seen.');
    registry.counter('none_total', 'None.');
    let value = 1;
    registry.gauge('now', 'Now.', () => value);
    counter.add({ kind: 'a' });
    counter.add({ kind: 'a' }, 2);
    counter.add({ kind: 'b"\n\\' });
    value = 7;
    expect(Object.fromEntries(parse(registry.text()))).toEqual({
      'seen_total{kind="a"}': 3,
      'seen_total{kind="b___"}': 1,
      none_total: 0,
      now: 7,
    });
  });
});

describe('who may read them', () => {
  test('staff with an account, a collector with the token, nobody else', async () => {
    const meeting = await SampleMeeting.open(new House('id', { metricsToken: 'f'.repeat(32) }));
    const { app } = meeting.house;
    expect(app.metrics(meeting.guest('secretariat'), null)).toContain('kensho_connections');
    expect(app.metrics(null, `Bearer ${'f'.repeat(32)}`)).toContain('kensho_connections');
    for (const role of ['chair', 'member', 'section', 'observer'] as const) {
      expect([role, app.metrics(meeting.guest(role), null)]).toEqual([role, null]);
    }
    for (const wrong of [null, '', 'Bearer ', `Bearer ${'e'.repeat(32)}`, 'f'.repeat(32)]) {
      expect([wrong, app.metrics(null, wrong)]).toEqual([wrong, null]);
    }
  });

  test('without a token in the settings no token lets anybody in', () => {
    const { app } = new House();
    for (const guess of [null, '', 'Bearer', 'Bearer ', 'Bearer null', 'Bearer undefined']) {
      expect([guess, app.metrics(null, guess)]).toEqual([guess, null]);
    }
  });
});

describe('what is counted', () => {
  test('commands by type and answer, every command in the histogram', async () => {
    const meeting = await SampleMeeting.open();
    const before = read(meeting);
    meeting.open().start().ballot();
    for (const guest of meeting.council) meeting.cast(guest, 4);
    meeting.send(meeting.guest('observer'), { type: 'closeMeeting' });
    meeting.house.app.execute({ command: { type: 'なりすまし' } } as never, meeting.guest('chair'));
    const after = read(meeting);
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    const { length } = meeting.council;
    expect(grown('kensho_commands_total{type="castBallot",answer="ok"}')).toBe(length);
    expect(grown('kensho_commands_total{type="openMeeting",answer="ok"}')).toBe(1);
    expect(grown('kensho_commands_total{type="closeMeeting",answer="not-allowed"}')).toBe(1);
    expect(grown('kensho_commands_total{type="unknown",answer="malformed"}')).toBe(1);
    const wellFormed = 3 + length + 1;
    expect(grown('kensho_command_seconds_count')).toBe(wellFormed);
    expect(grown('kensho_command_seconds_bucket{le="+Inf"}')).toBe(wellFormed);
    expect(grown('kensho_commit_seconds_count{part="commands"}')).toBe(wellFormed);
    for (const [name, value] of after) {
      const total = name.replace(/_bucket\{(.*?),?le="\+Inf"\}$/, '_count{$1}').replace('{}', '');
      expect([name, after.get(total)]).toEqual([name, value]);
    }
  });

  test('connections come and go, frames and acks, rows of the log, refusals by rule', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open().start();
    const before = read(meeting);
    expect(before.get('kensho_connections{kind="yjs"}')).toBe(0);
    const member = meeting.guest('member');
    const page = await street.document(member, opinionsDocument(meeting.item().id));
    const reader = await street.document(
      meeting.guest('section'),
      opinionsDocument(meeting.item().id),
    );
    const socket = await street.connect(member);
    const heading = meeting.state.headings[0]?.id ?? '';
    for (const word of ['一', '二', '三']) await page.type(heading, word);
    const during = read(meeting);
    expect(during.get('kensho_connections{kind="yjs"}')).toBe(2);
    expect(during.get('kensho_connections{kind="socketio"}')).toBe(1);
    expect(during.get('kensho_ack_seconds_count')).toBeGreaterThanOrEqual(3);
    expect(during.get('kensho_frames_total')).toBeGreaterThanOrEqual(3);
    expect(during.get('kensho_commit_seconds_count{part="documents"}')).toBeGreaterThanOrEqual(3);
    expect(during.get('kensho_update_log_rows')).toBeGreaterThan(0);
    expect(during.get('kensho_update_log_bytes')).toBeGreaterThan(100);
    expect(during.get('kensho_file_bytes{file="wal"}')).toBeGreaterThan(4096);
    expect(during.get('kensho_memory_bytes{kind="rss"}')).toBeGreaterThan(1e6);
    expect(during.get('kensho_event_loop_delay_seconds{quantile="1"}')).toBeGreaterThanOrEqual(0);

    void reader.type(heading, '読むだけの人');
    const refusal = 'kensho_refusals_total{event="frame-refused",rule="Y7",code="read-only"}';
    while (!read(meeting).has(refusal)) await new Promise(setImmediate);
    expect(read(meeting).get(refusal)).toBe(1);
    expect(meeting.house.lines.join('\n')).toContain('"rule":"Y7"');
    socket.disconnect();
    meeting.house.app.auth.signOut(member.sessionId);
    const after = read(meeting);
    expect(after.get('kensho_connections{kind="yjs"}')).toBe(1);
  });

  test('nothing in it is about a person, a meeting or a word', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open().start().vote([4, 3]).decide(4, 'chairJudgement', '秘密の理由');
    const socket = await street.connect(meeting.guest('member'));
    await ask(socket, 'command', { id: '秘密', command: { type: '秘密"} 1\nx' } });
    const gone = once(socket, 'disconnect');
    socket.disconnect();
    await gone;
    const text = meeting.house.app.metrics(meeting.guest('secretariat'), null) ?? '';
    expect(text).not.toMatch(/[^\x20-\x7e\n]/);
    for (const id of [
      meeting.id,
      ...meeting.guests.flatMap((each) => [each.seat, each.accountId]),
    ]) {
      expect([id, text.includes(id)]).toEqual([id, false]);
    }
  });
});

describe('the log', () => {
  test('tells the first of equal events, then how many more there were', () => {
    const lines: string[] = [];
    let end: () => void = () => undefined;
    const log = createLog(
      (line) => lines.push(line),
      () => 0,
    );
    const digest = createDigest(log, (_, work) => (end = work));
    for (let n = 0; n < 5_000; n++) {
      digest.note('frame-refused', { account: 'a', rule: 'Y11' });
      digest.note('frame-refused', { account: 'b', rule: 'Y11' });
    }
    expect(lines).toHaveLength(2);
    end();
    expect(lines.slice(2).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'frame-refused', account: 'a', rule: 'Y11', more: 4_999 },
      { event: 'frame-refused', account: 'b', rule: 'Y11', more: 4_999 },
    ]);
    digest.note('frame-refused', { account: 'a', rule: 'Y11' });
    expect(lines).toHaveLength(5);
  });

  test('a flood of ever new events shares one line', () => {
    const lines: string[] = [];
    const log = createLog(
      (line) => lines.push(line),
      () => 0,
    );
    const digest = createDigest(log, () => undefined);
    for (let n = 0; n < 10_000; n++) digest.note('connection-refused', { account: `a${n}` });
    digest.flush();
    expect(lines.length).toBeLessThan(110);
    expect(lines.at(-1)).toContain('"various":true,"more":9899');
  });
});
