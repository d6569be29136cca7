/**
 * Carries a meeting's new state to the browsers: the entries of the view document that differ, and
 * the end of connections whose right has changed. Decides nothing.
 */
import type { Meeting } from '#domain/meeting.ts';
import type { MeetingId } from '#domain/types.ts';
import {
  minutesDocument,
  opinionsDocument,
  sheetDocument,
  VIEW_ROOT,
  viewDocument,
} from '#protocol/documents.ts';
import { audiencesOf, viewEntries, viewOf } from '#protocol/view.ts';
import type { Sync } from './sync/seams.ts';

/** From so many electors on, casts that arrive together are told together. */
const CROWD = 100;

/**
 * @param failed hears of what went wrong after the command had been answered
 * @param soon runs its work when what is ready to be read has been read
 */
export function createPublish(
  sync: Pick<Sync, 'change' | 'narrow'>,
  failed: (meetingId: MeetingId, error: unknown) => void,
  soon: (work: () => void) => void = setImmediate,
) {
  /** What each view document shows; unknown after a start and after a failure, then all is compared. */
  const shown = new Map<MeetingId, Meeting>();
  /** The newest state of meetings in which casts are about to be told. */
  const owed = new Map<MeetingId, Meeting>();

  function tell(before: Meeting | undefined, after: Meeting): void {
    const last = shown.get(after.id);
    if (last === after) return;
    shown.delete(after.id);
    try {
      write(sync, last, after);
      shown.set(after.id, after);
    } finally {
      narrow(sync, before, after);
    }
  }

  function tellOwed(): void {
    for (const [id, meeting] of owed) {
      owed.delete(id);
      try {
        tell(meeting, meeting);
      } catch (error) {
        failed(id, error);
      }
    }
  }

  return function publish(before: Meeting | undefined, after: Meeting): void {
    if (before && isCastInCrowd(before, after)) {
      if (owed.size === 0) soon(tellOwed);
      owed.set(after.id, after);
      return;
    }
    owed.delete(after.id);
    tell(before, after);
  };
}

/**
 * The entry of an item is as long as its electorate: a thousand casts, each with an entry of its
 * own, would be a hundred megabytes in the log of the view.
 */
function isCastInCrowd(before: Meeting, after: Meeting): boolean {
  const index = after.items.findIndex((item, position) => item !== before.items[position]);
  const [was, is] = [before.items[index], after.items[index]];
  // A recusal (除斥) changes who may read, and waits for nothing.
  if (was?.recused !== is?.recused) return false;
  const [last, now] = [was?.rounds.at(-1), is?.rounds.at(-1)];
  if (!last || !now || last.id !== now.id || now.electorate.length < CROWD) return false;
  return now.status === 'open' && now.electorate === last.electorate;
}

function write(sync: Pick<Sync, 'change'>, last: Meeting | undefined, after: Meeting): void {
  const old = new Map(last?.items.map((item) => [`item:${item.id}`, item]));
  const now = new Map(after.items.map((item) => [`item:${item.id}`, item]));
  for (const audience of audiencesOf(after)) {
    sync.change(viewDocument(after.id, audience), (doc) => {
      const root = doc.getMap(VIEW_ROOT);
      const entries = viewEntries(viewOf(after, audience));
      for (const key of root.keys()) if (!entries.has(key)) root.delete(key);
      for (const [key, value] of entries) {
        // The same item object is the same entry: comparing hundreds of them costs a vote its ms.
        if (now.has(key) && old.get(key) === now.get(key) && root.has(key)) continue;
        if (JSON.stringify(root.get(key)) !== JSON.stringify(value)) root.set(key, value);
      }
    });
  }
}

/** Rights depend on roles, the phase and the state of an item; text itself is not looked at. */
function narrow(sync: Pick<Sync, 'narrow'>, before: Meeting | undefined, after: Meeting): void {
  if (!before) return;
  const everywhere = before.participants !== after.participants || before.phase !== after.phase;
  if (everywhere || before.minutes.status !== after.minutes.status) {
    sync.narrow(minutesDocument(after.id));
  }
  if (!everywhere && before.items === after.items) return;
  const earlier = new Map(before.items.map((item) => [item.id, item]));
  let viewers = everywhere;
  for (const item of after.items) {
    const last = earlier.get(item.id);
    // Only the step into and out of 確定 changes who may write, and 除斥 who may read.
    const decided = last?.state !== item.state && [last?.state, item.state].includes('decided');
    const recused = last !== undefined && last.recused !== item.recused;
    if (everywhere || decided || recused) sync.narrow(opinionsDocument(item.id));
    // Another 所管課 is another section that writes the form ([W1]).
    if (everywhere || decided || last?.sheet.sections !== item.sheet.sections) {
      sync.narrow(sheetDocument(item.id));
    }
    viewers ||= recused || (decided && item.recused.length > 0);
  }
  if (!viewers) return;
  for (const audience of new Set([...audiencesOf(before), ...audiencesOf(after)])) {
    sync.narrow(viewDocument(after.id, audience));
  }
}
