/**
 * The only write path of a meeting: load, decide, evolve, append, in one transaction; then publish;
 * then answer. Everything here is synchronous, so commands of a meeting never overlap.
 */
import * as v from 'valibot';
import type { Command } from '#domain/command.ts';
import { decideDeadline, isPastDeadline } from '#domain/deadline.ts';
import { decide, decideJoin } from '#domain/decide.ts';
import type { EventBody, MeetingEvent } from '#domain/event.ts';
import { evolve, replay } from '#domain/evolve.ts';
import type { FrozenOpinions, Meeting, MeetingDetails } from '#domain/meeting.ts';
import { obstacle } from '#domain/obstacle.ts';
import { mayLink } from '#domain/previous.ts';
import type { Outcome } from '#domain/outcome.ts';
import { roomOf } from '#domain/room.ts';
import { nationalCriterion, usualHeadings } from '#domain/scale.ts';
import type {
  AccountId,
  Instant,
  ItemId,
  MeetingId,
  ParticipantId,
  RoundId,
} from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import { envelopeSchema, type Envelope } from '#protocol/command.ts';
import type { Database, Tx } from './db/database.ts';
import { appendAttendance, derive } from './db/meeting.ts';
import { appendEvent, findCommand, insertCommand, loadEvents } from './db/record.ts';
import { findPaper, findSealed, keepSecret, listBallots, listPrivateRatings } from './db/secret.ts';
import type { Log } from './log.ts';
import { sha256 } from './sha256.ts';

type Parts = {
  readonly database: Database;
  readonly clock: () => Instant;
  readonly newId: () => string;
  /** The opinions of an item after everything that waits has been stored. */
  readonly opinions: (meeting: Meeting, itemId: ItemId) => readonly FrozenOpinions[];
  /** The text of the minutes after everything that waits has been stored. */
  readonly minutes: (meeting: Meeting) => string;
  /** [D8] True when what is in memory of them is not what the log says; throws when nobody can tell. */
  readonly differ: (itemId: ItemId) => boolean;
  /** Tells everybody what they do not know yet; called after the commit and before the answer. */
  readonly publish: (before: Meeting | undefined, after: Meeting) => void;
  readonly log: Log;
};

export type Execute = {
  /** Answers a command of a person. The same id gets the same answer ([M2]). */
  run(envelope: unknown, who: { readonly accountId: AccountId }): Ack;
  found(
    founder: { readonly accountId: AccountId; readonly name: string },
    details: MeetingDetails,
    beginning?: Beginning,
  ): MeetingId;
  /** Binds an account to a seat inside the caller's transaction; `after` must follow its commit. */
  join(
    tx: Tx,
    meetingId: MeetingId,
    participantId: ParticipantId,
    accountId: AccountId,
  ): { readonly ok: boolean; readonly after: () => void };
  /** [B18] Closes what the deadline of a circulated meeting ends; usually nothing. @throws */
  collect(meetingId: MeetingId): void;
  /** After a meeting was wiped: what memory holds of it goes too. */
  forget(meetingId: MeetingId): void;
  /** The meeting as it stands, or undefined. @throws when its record does not fit */
  load(meetingId: MeetingId): Meeting | undefined;
};

/** What a meeting starts with, where that is not the usual; its events are of the same transaction. */
export type Beginning = Pick<Meeting, 'criteria' | 'headings'> & {
  readonly events: readonly EventBody[];
};

type Actor = { readonly seat: ParticipantId | null };

export function createExecute(parts: Parts): Execute {
  const { database, clock, newId, log } = parts;
  const meetings = new Map<MeetingId, Meeting>();

  const load = (meetingId: MeetingId): Meeting | undefined => {
    const known = meetings.get(meetingId);
    if (known) return known;
    const meeting = replay(loadEvents(database.read, meetingId));
    if (meeting) meetings.set(meetingId, meeting);
    return meeting;
  };

  /** Appends events and what follows from them; the new state is known only after the commit. */
  const append = (
    tx: Tx,
    before: Meeting | undefined,
    meetingId: MeetingId,
    actor: Actor,
    bodies: readonly EventBody[],
  ): Meeting => {
    let meeting = before;
    const at = clock();
    for (const body of bodies) {
      const seq = (meeting?.rev ?? 0) + 1;
      // [B11] Who cast a secret ballot is not written down.
      const by = body.kind === 'secretBallotCast' ? null : actor.seat;
      const event: MeetingEvent = { meetingId, seq, at, actor: by, body };
      meeting = evolve(meeting, event);
      appendEvent(tx, event);
      if (body.kind === 'meetingOpened' || body.kind === 'attendanceRecorded') {
        appendAttendance(tx, meeting, seq, at);
      }
    }
    if (!meeting) throw new Error('a meeting begins with an event');
    derive(tx, before, meeting);
    return meeting;
  };

  /** What is stored has happened, whether everybody could be told of it now or with the next one. */
  const commit = (before: Meeting | undefined, after: Meeting): void => {
    meetings.set(after.id, after);
    try {
      parts.publish(before, after);
    } catch (error) {
      log.error('publish-failed', error, { meeting: after.id });
    }
  };

  /** [B18] In a transaction of its own, so that whatever comes after it is late. */
  const collect = (before: Meeting): Meeting => {
    const now = clock();
    if (!isPastDeadline(before, now)) return before;
    let sealed = false;
    const after = database.transaction((tx) => {
      const ballots = (roundId: RoundId) => listBallots(tx, roundId);
      const { events, secrets } = decideDeadline(before, { now, ballots });
      for (const secret of secrets) {
        keepSecret(tx, before.id, secret);
        sealed ||= secret.kind === 'seal';
      }
      return append(tx, before, before.id, { seat: null }, events);
    });
    if (sealed) database.checkpoint();
    commit(before, after);
    return after;
  };

  /** [P11] A link that was there before is nobody's new claim. */
  const linkable = (before: Meeting, command: Command, accountId: AccountId): boolean => {
    if (command.type !== 'changeDetails') return true;
    const { previousMeetingId } = command.details;
    if (previousMeetingId === null || previousMeetingId === before.previousMeetingId) return true;
    return previousMeetingId !== before.id && mayLink(load(previousMeetingId), accountId);
  };

  const answer = (envelope: Envelope, accountId: AccountId): Ack => {
    const { meetingId, id, command } = envelope;
    const requestHash = hashRequest(envelope, accountId);
    // [M2] Before anything else: the same answer also to somebody who has lost the seat meanwhile.
    const known = findCommand(database.read, id);
    if (known?.requestHash === requestHash) return known.response;
    const loaded = load(meetingId);
    const seat = loaded?.participants.find((person) => person.accountId === accountId);
    if (!loaded || !seat) return { ok: false, refused: 'unknown-meeting' };
    if (known) return { ok: false, refused: 'id-reused' };
    const before = collect(loaded);
    if (!linkable(before, command, accountId)) return { ok: false, refused: 'unknown-meeting' };
    // Whoever may not decide must not make the server read a whole log.
    const decides =
      command.type === 'decideItem' && obstacle(roomOf(before), seat.id, command) === null;
    // [D8] Not kept under the id: after a repair the same command may be sent again.
    if (decides && parts.differ(command.itemId)) return { ok: false, refused: 'opinions-differ' };
    // Read before the transaction: it stores the frames that wait, and nothing can come between.
    const frozen = decides ? parts.opinions(before, command.itemId) : [];
    // [R14] Read for the first time the minutes are drafted, so never before the meeting is closed.
    const reads = readsMinutes(command) && obstacle(roomOf(before), seat.id, command) === null;
    const minutes = reads ? parts.minutes(before) : '';
    let after = before;
    let sealed = false;
    const response = database.transaction<Ack>((tx) => {
      const outcome: Outcome = decide(before, command, {
        actor: seat.id,
        newId,
        now: clock(),
        ballots: (roundId) => listBallots(tx, roundId),
        sealed: (roundId) => findSealed(tx, roundId) ?? [],
        paper: (roundId, participantId) => findPaper(tx, roundId, participantId),
        privateRatings: (itemId) => listPrivateRatings(tx, meetingId, itemId),
        opinions: () => frozen,
        minutes: () => minutes,
      });
      let ack: Ack;
      if (outcome.ok) {
        after = append(tx, before, meetingId, { seat: seat.id }, outcome.events);
        for (const secret of outcome.secrets) {
          keepSecret(tx, meetingId, secret);
          sealed ||= secret.kind === 'seal';
        }
        ack = { ok: true, rev: after.rev };
      } else {
        ack = { ok: false, refused: outcome.code };
      }
      insertCommand(tx, id, { meetingId, accountId, at: clock() }, { requestHash, response: ack });
      return ack;
    });
    // [B11] What was deleted still stands in the write-ahead log until that is emptied.
    if (sealed) database.checkpoint();
    commit(before, after);
    return response;
  };

  return {
    load,
    collect(meetingId) {
      const meeting = load(meetingId);
      try {
        if (meeting) collect(meeting);
      } catch (error) {
        meetings.delete(meetingId);
        throw error;
      }
    },
    forget: (meetingId) => void meetings.delete(meetingId),
    run(envelope, { accountId }) {
      const parsed = v.safeParse(envelopeSchema, envelope);
      if (!parsed.success) return { ok: false, refused: 'malformed' };
      try {
        return answer(parsed.output, accountId);
      } catch (error) {
        // What the memory holds may be ahead of the file now; the next command reads the file.
        meetings.delete(parsed.output.meetingId);
        log.error('command-failed', error, {
          command: parsed.output.id,
          type: parsed.output.command.type,
        });
        return { ok: false, refused: 'internal' };
      }
    },
    found(founder, details, beginning) {
      const meetingId = newId() as MeetingId;
      const founded: EventBody = {
        kind: 'meetingFounded',
        meetingId,
        details,
        criteria: beginning?.criteria ?? [nationalCriterion],
        headings: beginning?.headings ?? usualHeadings(details.evaluatedYear),
        founder: {
          id: newId() as ParticipantId,
          accountId: founder.accountId,
          name: founder.name,
          role: 'secretariat',
          affiliation: '',
        },
      };
      const after = database.transaction((tx) =>
        append(tx, undefined, meetingId, { seat: null }, [founded, ...(beginning?.events ?? [])]),
      );
      commit(undefined, after);
      return meetingId;
    },
    join(tx, meetingId, participantId, accountId) {
      const before = load(meetingId);
      const nothing = { ok: false, after: () => undefined };
      if (!before) return nothing;
      const outcome = decideJoin(before, { type: 'joinMeeting', participantId, accountId });
      if (!outcome.ok) return { ...nothing, ok: outcome.code === 'already-joined' };
      const after = append(tx, before, meetingId, { seat: null }, outcome.events);
      return { ok: true, after: () => commit(before, after) };
    },
  };
}

const readsMinutes = ({ type }: Command): boolean =>
  type === 'requestConfirmation' || type === 'approveMinutes';

/**
 * What makes two requests the same. A ballot's choices stay out of it: an unsalted hash of a vote
 * is the vote, and a cast that is sent again under its id changes nothing anyway.
 */
function hashRequest({ meetingId, command }: Envelope, accountId: AccountId): string {
  const content: Command = 'choices' in command ? { ...command, choices: [] } : command;
  return sha256(JSON.stringify([meetingId, accountId, content]));
}
