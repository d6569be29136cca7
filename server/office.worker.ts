/**
 * The office's back room: runs one named job at a time in a process of its own. Knows no database, no
 * meeting and no environment; a job is a pure function of `formats`, or of the log of a document.
 * Adding a job is one line.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import type { EvaluationTable } from '#domain/sheet.ts';
import type { OpenDataEncoding } from '#formats/opendata.ts';
import type { ReadRecord } from '#formats/recordcheck.ts';
import { sha256 } from './sha256.ts';

// Most of the time before a first job would go into reading our own sources again.
enableCompileCache();

/** Loaded on first use, so that reading a table does not wait for the libraries that write Word. */
function job<Input, Output>(load: () => Promise<(input: Input) => Output | Promise<Output>>) {
  return async (input: Input): Promise<Output> => {
    const work = await load();
    return work(input);
  };
}

const jobs = {
  readSource: job(async () => (await import('#formats/sourceread.ts')).readSource),
  readColumns: job(async () => (await import('#formats/sourceread.ts')).readColumns),
  inspectFile: job(async () => (await import('#formats/inspect.ts')).inspectFile),
  makeWorkbook: job(async () => (await import('#formats/export.ts')).makeWorkbook),
  makeDocument: job(async () => (await import('#formats/export.ts')).makeDocument),
  makeMinutes: job(async () => (await import('#formats/minutes.ts')).makeMinutes),
  makeOpenData: job(async () => {
    const { makeOpenData } = await import('#formats/opendata.ts');
    return (order: { readonly table: EvaluationTable; readonly encoding: OpenDataEncoding }) =>
      makeOpenData(order.table, order);
  }),
  makeTableFile: job(async () => (await import('#formats/tablefile.ts')).makeTableFile),
  makeRecordFile: job(async () => (await import('#formats/recordfile.ts')).makeRecordFile),
  makeReplyFile: job(async () => (await import('#formats/replytable.ts')).makeReplyFile),
  checkRecord: job(async () => {
    const { checkRecord } = await import('#formats/recordcheck.ts');
    return (record: ReadRecord) => checkRecord(record, sha256);
  }),
  checkTemplate: job(async () => (await import('#formats/template.ts')).checkTemplate),
  fillTemplate: job(async () => (await import('#formats/template.ts')).fillTemplate),
  makeSampleTemplate: job(
    async () => (await import('#formats/sampletemplate.ts')).makeSampleTemplate,
  ),
  readPast: job(async () => (await import('./sync/past.ts')).readPast),
};
export type Jobs = typeof jobs;
export type JobName = keyof Jobs;

export type Order = { readonly id: number; readonly name: JobName; readonly input: never };
export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };

process.on('message', (order: Order) => void work(order));
// The server is gone.
process.on('disconnect', () => process.exit());

async function work({ id, name, input }: Order): Promise<void> {
  try {
    reply({ id, result: await jobs[name](input) });
  } catch (error) {
    reply({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
  // A worker is ended without notice.
  flushCompileCache();
}

function reply(message: Reply): void {
  process.send?.(message);
}
