/** Workbooks as grids. */
import type { Grid } from './grid.ts';
import type { Refusal } from './notice.ts';

export type WorkbookRead =
  | { readonly ok: true; readonly grids: readonly Grid[] }
  | { readonly ok: false; readonly code: Refusal };

export function parseWorkbook(_bytes: Uint8Array): WorkbookRead {
  return { ok: false, code: 'file-damaged' };
}
