/** What can be done about the findings of a sheet; absent for those who may not. */
import type { Finding } from '#domain/sheet.ts';

export type SheetDeeds = {
  /** Texts of the questions there are already. */
  readonly asked: readonly string[];
  readonly onask?: ((finding: Finding) => void) | undefined;
  readonly onaccept?: ((finding: Finding) => void) | undefined;
  readonly acceptable: (finding: Finding) => boolean;
};
