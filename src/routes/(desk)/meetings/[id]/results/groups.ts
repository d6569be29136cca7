/** Neighbouring figure columns under one title of the table's header, 【第2期総合戦略】 and the like. */
import type { FigureColumn } from '#formats/figures.ts';

export type ColumnGroup = {
  /** Null: columns without a title reach over both header rows. */
  readonly title: string | null;
  readonly columns: readonly FigureColumn[];
};

export function groupsOf(columns: readonly FigureColumn[]): readonly ColumnGroup[] {
  const groups: { title: string | null; columns: FigureColumn[] }[] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last && last.title === column.group) last.columns.push(column);
    else groups.push({ title: column.group, columns: [column] });
  }
  return groups;
}
