/**
 * 評価結果: the table of the meeting as it stands, which files this person may take along, and the
 * Word template the office keeps.
 */
import { error, fail } from '@sveltejs/kit';
import { mayEver, readsSheets } from '#domain/permission.ts';
import { resultTable } from '#domain/result.ts';
import { figureColumns } from '#formats/figures.ts';
import { templateLimits } from '#formats/templatefields.ts';
import { makeDate } from '#formats/wareki.ts';
import { seatAt } from '$lib/server/door.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = seatAt(event, event.params.id);
  if (!readsSheets(me.role, meeting.phase)) error(403, { message: 'not open yet' });
  const table = resultTable(meeting);
  const { id, title, phase } = meeting;
  const kept = event.locals.app.templates.about();
  return {
    meeting: { id, title, phase },
    table,
    columns: figureColumns(table),
    states: meeting.items.map(({ state }) => state),
    mayExport: mayEver(me.role, 'export'),
    mayExportRecord: mayEver(me.role, 'exportRecord') && phase === 'closed',
    mayKeepTemplate: mayEver(me.role, 'keepTemplate'),
    template: kept && { name: kept.name, date: makeDate(kept.keptAt) },
    templateLimit: templateLimits.bytes,
    mayReadHistory: mayEver(me.role, 'readHistory'),
  };
};

/** The office's template is the secretariat's business ([P8]). */
function keeperAt(event: RequestEvent): void {
  const { me } = seatAt(event, event.params.id);
  if (!mayEver(me.role, 'keepTemplate')) error(403, { message: 'secretariat only' });
}

export const actions: Actions = {
  keepTemplate: async (event) => {
    keeperAt(event);
    const file = (await event.request.formData()).get('template');
    if (!(file instanceof File) || file.name === '')
      return fail(400, { code: 'nothing' as const, problems: [] });
    // Said before the bytes are copied to the worker.
    if (file.size > templateLimits.bytes)
      return fail(413, { code: 'file-too-large' as const, problems: [] });
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { office, templates } = event.locals.app;
    const checked = await office.run('checkTemplate', { template: bytes });
    if (!checked.ok) {
      const problems = 'problems' in checked ? checked.problems : [];
      return fail(400, { code: checked.code, problems });
    }
    templates.keep(file.name, bytes);
    return { done: 'saved' as const };
  },
  dropTemplate: (event) => {
    keeperAt(event);
    event.locals.app.templates.drop();
    return { done: 'dropped' as const };
  },
};
