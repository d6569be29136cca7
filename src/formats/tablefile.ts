/**
 * The table of a meeting as JSON, in the shape `kensho inspect` prints and `docs/` publishes. One
 * shape for what comes in and what goes out.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
import { makeInspection } from './inspect.ts';

/** UTF-8 without BOM, indented. */
export function makeTableFile(table: EvaluationTable): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(makeInspection(table), null, 2)}\n`);
}
