/**
 * Carries a meeting's new state to the browsers: the entries of the view document that differ, and
 * the end of connections whose right has changed. Decides nothing.
 */
import type { Item, Meeting } from '#domain/meeting.ts';
import { opinionsAccess } from '#domain/permission.ts';
import { opinionsDocument, VIEW_ROOT, viewDocument } from '#protocol/documents.ts';
import { viewEntries, viewOf } from '#protocol/view.ts';
import type { Sync } from './sync/seams.ts';

export function createPublish(sync: Pick<Sync, 'change' | 'narrow'>) {
  return function publish(before: Meeting | undefined, after: Meeting): void {
    sync.change(viewDocument(after.id), (doc) => {
      const root = doc.getMap(VIEW_ROOT);
      const entries = viewEntries(viewOf(after));
      for (const key of root.keys()) if (!entries.has(key)) root.delete(key);
      const old = new Map(before?.items.map((item) => [`item:${item.id}`, item]));
      const now = new Map(after.items.map((item) => [`item:${item.id}`, item]));
      for (const [key, value] of entries) {
        // The same item object is the same entry: comparing hundreds of them costs a vote its ms.
        if (now.has(key) && old.get(key) === now.get(key) && root.has(key)) continue;
        if (JSON.stringify(root.get(key)) !== JSON.stringify(value)) root.set(key, value);
      }
    });
    narrow(sync, before, after);
  };
}

/** Rights depend on roles, the phase and the state of an item; text itself is not looked at. */
function narrow(sync: Pick<Sync, 'narrow'>, before: Meeting | undefined, after: Meeting): void {
  if (!before) return;
  const people = before.participants !== after.participants;
  if (people) sync.narrow(viewDocument(after.id));
  for (const item of after.items) {
    const earlier = before.items.find(({ id }) => id === item.id);
    if (people || !earlier || writable(before, earlier) !== writable(after, item)) {
      sync.narrow(opinionsDocument(item.id));
    }
  }
}

const writable = (meeting: Meeting, item: Item): string =>
  [opinionsAccess('member', meeting.phase, item.state), meeting.phase].join();
