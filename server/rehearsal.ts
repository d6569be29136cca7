/**
 * リハーサル ([M16]): founds a copy of a meeting to try things on, by the same commands as any other,
 * and wipes it from the file and from memory.
 */
import type { Command } from '#domain/command.ts';
import { detailsOf } from '#domain/details.ts';
import { evolve } from '#domain/evolve.ts';
import type { Meeting } from '#domain/meeting.ts';
import { mayWipe } from '#domain/permission.ts';
import { mayLink } from '#domain/previous.ts';
import type { AccountId, CommandId, Instant, ItemId, MeetingId } from '#domain/types.ts';
import type { Database } from './db/database.ts';
import { loadEvents } from './db/record.ts';
import { deleteRehearsal, documentsOf } from './db/rehearsal.ts';
import type { Execute } from './execute.ts';
import { fillSample } from './sample.ts';
import type { Rehearsals } from './seams.ts';
import type { Sync } from './sync/seams.ts';

type Parts = {
  readonly database: Pick<Database, 'read' | 'transaction' | 'checkpoint'>;
  readonly clock: () => Instant;
  readonly newId: () => string;
  readonly execute: Pick<Execute, 'found' | 'run' | 'load' | 'forget'>;
  readonly sync: Pick<Sync, 'erase' | 'flush'>;
};

type Founder = { readonly accountId: AccountId; readonly name: string };

/** In the title, so that it stands on everything that leaves as a file, too. */
const MARK = '【リハーサル】';
const TITLE_LENGTH = 200;

const titled = (title: string): string =>
  title.startsWith(MARK) ? title : `${MARK}${title}`.slice(0, TITLE_LENGTH);

export function createRehearsals(parts: Parts): Rehearsals {
  const { database, execute, sync, newId } = parts;

  function copy(founder: Founder, model: Meeting): MeetingId {
    // [P11] Whoever may not link last year's meeting may not do so by copying either.
    const previous = model.previousMeetingId;
    const linked = previous !== null && mayLink(execute.load(previous), founder.accountId);
    const meetingId = execute.found(founder, {
      ...detailsOf(model),
      title: titled(model.title),
      previousMeetingId: linked ? previous : null,
      rehearsal: true,
    });
    for (const command of fillingOf(model, founder.accountId)) {
      const ack = execute.run({ meetingId, id: newId() as CommandId, command }, founder);
      if (!ack.ok) throw new Error(`the rehearsal is refused: ${ack.refused}`);
    }
    return meetingId;
  }

  return {
    make(founder, from) {
      if (!founder.isStaff) throw new Error('only staff make meetings');
      if (from === null) {
        const title = titled('サンプル会議');
        return fillSample(parts, founder, { title, rehearsal: true });
      }
      const model = execute.load(from);
      return model && mayLink(model, founder.accountId) ? copy(founder, model) : undefined;
    },
    wipe({ accountId }, meetingId) {
      const meeting = execute.load(meetingId);
      const seat = meeting?.participants.find((person) => person.accountId === accountId);
      if (!meeting || !seat || !mayWipe(seat.role, meeting)) return false;
      const isDocument = documentsOf(meetingId, itemsEver(parts.database, meetingId));
      // What waits is stored first: afterwards nobody is left to whom it could belong.
      sync.flush();
      database.transaction((tx) => deleteRehearsal(tx, meetingId, isDocument));
      execute.forget(meetingId);
      sync.erase(isDocument);
      // What was deleted still stands in the write-ahead log until that is emptied.
      database.checkpoint();
      return true;
    },
  };
}

/** What was prepared; nothing of what was said, voted or decided. */
function fillingOf(model: Meeting, founder: AccountId): readonly Command[] {
  const { criteria, headings, participants, items, captions } = model;
  const sheets = items.map(({ sheet }) => sheet);
  const filled: readonly Command[] =
    captions && sheets.length > 0
      ? [{ type: 'importItems', sheets, captions, mode: 'append' }]
      : sheets.map((sheet) => ({ type: 'addItem', sheet }));
  return [
    { type: 'changeCriteria', criteria },
    { type: 'changeHeadings', headings },
    ...participants
      .filter(({ accountId }) => accountId !== founder)
      .map(({ name, role, affiliation }): Command => ({
        type: 'addParticipant',
        seat: { name, role, affiliation },
      })),
    ...filled,
  ];
}

/** Also those that were removed again: their documents may still be there. */
function itemsEver({ read }: Pick<Database, 'read'>, meetingId: MeetingId): readonly ItemId[] {
  const ids = new Set<ItemId>();
  let meeting: Meeting | undefined;
  for (const event of loadEvents(read, meetingId)) {
    meeting = evolve(meeting, event);
    for (const { id } of meeting.items) ids.add(id);
  }
  return [...ids];
}
