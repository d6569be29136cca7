/**
 * 意見の履歴: reads the update log of an item's opinions in small parts, so that nobody waits for it,
 * and lets the office make a readable past of it. Whom it may be shown is the page's question ([P7]).
 */
import type { Meeting } from '#domain/meeting.ts';
import type { AccountId, HeadingId, Instant, ItemId } from '#domain/types.ts';
import { opinionsDocument, type DocumentName } from '#protocol/documents.ts';
import { findAccount } from './db/account.ts';
import type { Database } from './db/database.ts';
import { beginning, DamagedLog, readBehind, type LogEntry } from './db/document.ts';
import { listNames } from './db/meeting.ts';
import type { Office, OfficeRefusal } from './office.ts';
import type { Past, Rows, Step } from './sync/past.ts';

/** A step with the names of those who wrote; null is the server. */
export type NamedStep = Omit<Step, 'authors'> & { readonly authors: readonly (string | null)[] };

export type ItemHistory = Omit<Past, 'steps'> & {
  readonly steps: readonly NamedStep[];
  /** Since when single edits are kept, where earlier ones were given up; undefined: all are there. */
  readonly cutBefore: Instant | null | undefined;
};

type Answer =
  | { readonly ok: true; readonly history: ItemHistory }
  | { readonly ok: false; readonly code: OfficeRefusal['code'] | 'opinions-differ' };

export type History = {
  /** @param step the one to be shown, from 0; null: the last */
  read(
    meeting: Meeting,
    wanted: {
      readonly itemId: ItemId;
      readonly headingId: HeadingId;
      readonly step: number | null;
    },
  ): Promise<Answer>;
};

/** As many rows as are read and verified in a few milliseconds. */
const PART = 1_000;

export function createHistory(parts: {
  readonly database: Pick<Database, 'read'>;
  readonly office: Office;
  readonly differs: (document: DocumentName, code: string) => void;
}): History {
  const { read } = parts.database;

  async function rowsOf(name: DocumentName): Promise<Rows> {
    for (;;) {
      const start = beginning(read, name);
      const entries: LogEntry[] = [];
      for (let head = start.head; ;) {
        const part = readBehind(read, name, head, undefined, PART);
        entries.push(...part.entries);
        head = part.head;
        if (part.entries.length < PART) break;
        await new Promise(setImmediate);
      }
      // Between two parts a compaction may have given up what was still to be read.
      if (beginning(read, name).head.seq === start.head.seq) return packed(start.state, entries);
    }
  }

  function named(meeting: Meeting, steps: readonly Step[]): NamedStep[] {
    const seats = listNames(read, meeting.id);
    const nameOf = (id: AccountId) => seats.get(id) ?? findAccount(read, { id })?.name ?? '';
    return steps.map((step) => ({
      ...step,
      authors: step.authors.map((id) => (id === null ? null : nameOf(id))),
    }));
  }

  return {
    async read(meeting, { itemId, headingId, step }) {
      const name = opinionsDocument(itemId);
      let rows: Rows;
      try {
        rows = await rowsOf(name);
      } catch (error) {
        if (!(error instanceof DamagedLog)) throw error;
        parts.differs(name, 'log-damaged');
        return { ok: false, code: 'opinions-differ' };
      }
      const answer = await parts.office.run('readPast', { ...rows, headingId, step });
      if (!answer.ok) return answer;
      const { steps, at, lines } = answer.value;
      const cutBefore = rows.state ? (rows.times[0] ?? null) : undefined;
      return { ok: true, history: { steps: named(meeting, steps), at, lines, cutBefore } };
    },
  };
}

function packed(state: Uint8Array | undefined, entries: readonly LogEntry[]): Rows {
  return {
    state: state ?? null,
    updates: Buffer.concat(entries.map(({ data }) => data)),
    lengths: entries.map(({ data }) => data.byteLength),
    authors: entries.map(({ accountId }) => accountId),
    times: entries.map((entry) => entry.at),
  };
}
