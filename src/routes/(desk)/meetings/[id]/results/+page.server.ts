/** 評価結果: the table of the meeting as it stands, and whether this person may take files along. */
import { error } from '@sveltejs/kit';
import { mayEver, readsSheets } from '#domain/permission.ts';
import { resultTable } from '#domain/result.ts';
import { figureColumns } from '#formats/figures.ts';
import { seatAt } from '$lib/server/door.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = seatAt(event, event.params.id);
  if (!readsSheets(me.role, meeting.phase)) error(403, { message: 'not open yet' });
  const table = resultTable(meeting);
  const { id, title, phase } = meeting;
  return {
    meeting: { id, title, phase },
    table,
    columns: figureColumns(table),
    states: meeting.items.map(({ state }) => state),
    mayExport: mayEver(me.role, 'export'),
    mayReadHistory: mayEver(me.role, 'readHistory'),
  };
};
