/**
 * The stable words for what the sheet doctor finds in the figures of a project, with the severity
 * each always has. Words about reading a file are those of `formats`; sentences those of the pages.
 */
import type { Finding } from './sheet.ts';

/** `error`: the figures contradict each other. `doubt`: may be meant otherwise. `note`: to know. */
export const checkSeverities = {
  'unit-mismatch': 'error', // 77名, 43%, 80% in one row
  'unit-differs': 'doubt', // 回 and 件 in one row
  'target-already-met': 'doubt', // the final target was reached in an earlier year
  'direction-unconfirmed': 'note', // 望ましい方向 was proposed from the figures or is open
} as const satisfies Record<string, Finding['severity']>;
export type CheckCode = keyof typeof checkSeverities;
