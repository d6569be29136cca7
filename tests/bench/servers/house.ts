/**
 * A whole Kensho with a meeting of many members, a ballot open. Accounts and sessions are written
 * as rows, since a thousand passwords would take minutes; everything else is the real program.
 */
import './report.js';
import { createServer } from 'node:http';
import type { Command } from '#domain/command.ts';
import { usualRules, type Meeting } from '../../../src/domain/meeting.ts';
import type { AccountId, Instant, ParticipantId, Role } from '#domain/types.ts';
import { decide, decideJoin, type Outcome } from '../../../src/domain/decide.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import { createApp } from '../../../server/app.ts';
import { sha256 } from '../../../server/sha256.ts';
import { insertAccount, insertSession } from '../../../server/db/account.ts';
import { openDatabase, type Tx } from '../../../server/db/database.ts';
import { appendAttendance, derive } from '../../../server/db/meeting.ts';
import { appendEvent } from '../../../server/db/record.ts';
import { createExecute } from '../../../server/execute.ts';
import { createLog } from '../../../server/log.ts';
import { fillSample } from '../../../server/sample.ts';
import type { Setting } from '../casts.ts';

const file = `${process.env['DATA']}/kensho.sqlite`;
const clock = (): Instant => Date.now();
const newId = () => crypto.randomUUID();
const log = createLog(() => undefined, clock);

const database = openDatabase(file);
const execute = createExecute({
  database,
  clock,
  newId,
  log,
  opinions: () => [],
  differ: () => false,
  publish: () => undefined,
});

const first = <Thing>([thing]: readonly Thing[]): Thing => {
  if (thing === undefined) throw new Error('there is none');
  return thing;
};

function person(name: string, open?: Tx): { accountId: AccountId; token: string } {
  const [accountId, token] = [newId() as AccountId, newId()];
  const account = { id: accountId, email: `${accountId}@bench.invalid`, name, isStaff: true };
  const expiresAt = clock() + 3_600_000;
  const session = { id: sha256(token), accountId, expiresAt, endsAt: expiresAt };
  const insert = (tx: Tx) => {
    insertAccount(tx, { ...account, passwordHash: null }, clock());
    insertSession(tx, session, clock());
  };
  if (open) insert(open);
  else database.transaction(insert);
  return { accountId, token };
}

const office = { ...person('事務局'), name: '事務局' };
const meetingId = fillSample({ execute, clock, newId }, office);
const before = execute.load(meetingId);
if (!before) throw new Error('no meeting');

// Past the wire, which carries no attendance of more than two hundred, and in one transaction.
let meeting: Meeting = before;
const members: string[] = [];
const chair = person('会長');
database.transaction((tx) => {
  const append = (outcome: Outcome) => {
    if (!outcome.ok) throw new Error(outcome.code);
    for (const body of outcome.events) {
      const event = { meetingId, seq: meeting.rev + 1, at: clock(), actor: null, body };
      meeting = evolve(meeting, event);
      appendEvent(tx, event);
      if (body.kind === 'meetingOpened') appendAttendance(tx, meeting, event.seq, event.at);
    }
  };
  const run = (role: Role, command: Command) => {
    const actor = meeting.participants.find((each) => each.role === role)?.id;
    if (!actor) throw new Error(`no ${role}`);
    append(decide(meeting, command, { actor, newId, ballots: () => [], opinions: () => [] }));
  };
  const join = (participantId: ParticipantId, accountId: AccountId) =>
    append(decideJoin(meeting, { type: 'joinMeeting', participantId, accountId }));
  const { title, municipality, evaluatedYear, heldOn, place, quorumRule, rehearsal } = meeting;
  const details = {
    ...usualRules,
    title,
    municipality,
    evaluatedYear,
    heldOn,
    place,
    quorumRule,
    rehearsal,
  };
  run('secretariat', { type: 'changeDetails', details: { ...details, chairVotes: false } });
  const present: ParticipantId[] = [];
  for (const { id, role } of meeting.participants) {
    if (role !== 'chair') continue;
    present.push(id);
    join(id, chair.accountId);
  }
  for (let member = 1; member <= Number(process.env['MEMBERS']); member++) {
    const name = `委員${member}`;
    run('secretariat', { type: 'addParticipant', seat: { name, role: 'member', affiliation: '' } });
    const seat = meeting.participants.find((each) => each.name === name);
    if (!seat) throw new Error('no seat');
    const { accountId, token } = person(name, tx);
    join(seat.id, accountId);
    present.push(seat.id);
    members.push(token);
  }
  run('secretariat', { type: 'openMeeting', present });
  const criterionIds = meeting.criteria.map(({ id }) => id);
  run('chair', { type: 'startItem', itemId: first(meeting.items).id });
  run('chair', { type: 'openBallot', itemId: first(meeting.items).id, criterionIds });
  derive(tx, before, meeting);
});
const item = first(meeting.items);
const round = first(item.rounds);
database.close();

const app = createApp({ file, clock, newId, log, origin: null });
const server = createServer();
app.attach(server, { others: 'refuse' });
server.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  const setting: Setting = {
    file,
    meetingId,
    itemId: item.id,
    roundId: round.id,
    criteria: round.criteria.map(({ id, options }) => ({ id, options: options.map((o) => o.id) })),
    chair: chair.token,
    members,
  };
  process.send?.(setting);
});
