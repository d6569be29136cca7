/**
 * Compares what is in memory with what the log says, independently of how either was put together:
 * before an item is decided, before rows are given up, and whenever somebody asks. Changes nothing
 * by itself.
 */
import * as Y from 'yjs';
import type { Database } from '../db/database.ts';
import { dropRows, keepSnapshot, readLog, readWholeLog } from '../db/document.ts';
import { replay } from './document.ts';
import { isOutage } from './house.ts';

/** What does not fit, in the order it is looked for. */
export type Difference = 'log-damaged' | 'memory-differs' | 'encoding-differs' | 'snapshot-differs';

/**
 * @param live the document in memory, where it is open
 * @throws what the database throws when it cannot be read now
 */
export function compare(
  database: Pick<Database, 'read'>,
  name: string,
  live?: Y.Doc,
): Difference | undefined {
  let whole: Y.Doc;
  let short: Y.Doc;
  try {
    const [all, recent] = [readWholeLog(database.read, name), readLog(database.read, name)];
    whole = replay(name, all.state, all.entries);
    short = replay(name, recent.state, recent.entries);
  } catch (error) {
    if (isOutage(error)) throw error;
    return 'log-damaged';
  }
  const truth = fingerprint(whole);
  if (live && fingerprint(live) !== truth) return 'memory-differs';
  const encoded = new Y.Doc();
  Y.applyUpdate(encoded, Y.encodeStateAsUpdate(live ?? whole));
  if (fingerprint(encoded) !== truth) return 'encoding-differs';
  return fingerprint(short) === truth ? undefined : 'snapshot-differs';
}

/**
 * Gives up the single edits of a document and keeps its state: deleted words cannot be recovered
 * any more. Does nothing, and tells why, where anything differs.
 * @param live the document in memory, where it is open
 */
export function compact(database: Database, name: string, live?: Y.Doc): Difference | undefined {
  const difference = compare(database, name, live);
  if (difference) return difference;
  database.transaction((tx) => {
    const { state, entries, head } = readWholeLog(tx, name);
    keepSnapshot(tx, name, head, Y.encodeStateAsUpdate(replay(name, state, entries)));
    dropRows(tx, name, head.seq);
  });
  return undefined;
}

/** Every letter in its place, however Yjs has cut and merged the items. */
export function fingerprint(doc: Y.Doc): string {
  // A root nobody has written to is in memory only.
  const used = [...doc.share].filter(([, type]) => type._start ?? type._map.size > 0);
  const roots = used.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const vector = [...Y.decodeStateVector(Y.encodeStateVector(doc))].toSorted(([a], [b]) => a - b);
  return JSON.stringify([vector, roots.map(([name, type]) => [name, trace(type)])]);
}

type Trace = readonly unknown[];
type Type = Y.ContentType['type'];

function trace(type: Type): Trace {
  const keys = [...type._map].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [list(type._start), keys.map(([key, item]) => [key, list(item)])];
}

/** Runs of what can be read: where a deleted item stands shows to nobody. */
function list(first: Y.Item | null): Trace {
  const runs: [client: number, clock: number, length: number, shown: string | Trace][] = [];
  for (let item = first; item; item = item.right) {
    if (item.deleted) continue;
    const shown = contentOf(item.content);
    const last = runs.at(-1);
    const follows = last && last[0] === item.id.client && last[1] + last[2] === item.id.clock;
    if (follows && typeof shown === 'string' && typeof last[3] === 'string') {
      last[2] += item.length;
      last[3] += shown;
    } else {
      runs.push([item.id.client, item.id.clock, item.length, shown]);
    }
  }
  return runs;
}

function contentOf(content: Y.Item['content']): string | Trace {
  if (content instanceof Y.ContentString) return content.str;
  if (content instanceof Y.ContentType) return trace(content.type);
  return JSON.stringify(content.getContent());
}
