/** Reading a table in a worker, showing it, and taking it over once a person has confirmed it. */
import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import { directions, type ProjectSheet, type TableCaptions } from '#domain/sheet.ts';
import { figureColumns } from '#formats/figures.ts';
import { fileLimits } from '#formats/table.ts';
import { sheetsSchema } from '#protocol/sheet.ts';
import { ask } from '$lib/server/ask.ts';
import { preparerAt } from '$lib/server/door.ts';
import { jsonOf, textOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = preparerAt(event, event.params.id);
  return {
    meeting: { id: meeting.id, title: meeting.title },
    existing: meeting.items.length,
    blocked: obstacle(roomOf(meeting), me.id, { type: 'importItems' }),
    limit: fileLimits.bytes,
  };
};

/** A body over the limit of the server ends in an exception: that is a sentence, not an error page. */
async function fieldsOf({ request }: RequestEvent): Promise<FormData | null> {
  try {
    return await request.formData();
  } catch {
    return null;
  }
}

/** The directions chosen in the table, `direction-<project>-<kpi>`, over those proposed. */
function directed(sheets: readonly ProjectSheet[], form: FormData): readonly ProjectSheet[] {
  return sheets.map((sheet, project) => ({
    ...sheet,
    kpis: sheet.kpis.map((kpi, index) => {
      const field = `direction-${project}-${index}`;
      if (!form.has(field)) return kpi;
      const chosen = textOf(form, field);
      return { ...kpi, direction: directions.find((each) => each === chosen) ?? null };
    }),
  }));
}

export const actions: Actions = {
  read: async (event) => {
    preparerAt(event, event.params.id);
    const form = await fieldsOf(event);
    if (!form) return fail(413, { at: 'file' as const, code: 'file-too-large' as const });
    const { office } = event.locals.app;
    const file = form.get('file');
    const text = textOf(form, 'table');
    const chosen = file instanceof File && file.name !== '' ? file : null;
    const at = chosen ? ('file' as const) : ('table' as const);
    if (!chosen && text.trim() === '')
      return fail(400, { at: 'file' as const, code: 'nothing' as const });
    // Said before the bytes are copied to the worker.
    if (chosen && chosen.size > fileLimits.bytes)
      return fail(413, { at, code: 'file-too-large' as const });
    const read = chosen
      ? await office.run('readTable', {
          name: chosen.name,
          bytes: new Uint8Array(await chosen.arrayBuffer()),
        })
      : await office.run('readPasted', { text, html: textOf(form, 'html') || null });
    if (!read.ok) return fail(400, { at, code: read.code });
    return { table: read.table, columns: figureColumns(read.table), name: chosen?.name ?? null };
  },
  confirm: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const form = await fieldsOf(event);
    const at = 'confirm' as const;
    if (!form) return fail(413, { at, code: 'file-too-large' as const });
    const sheets = v.safeParse(sheetsSchema, jsonOf(form, 'sheets'));
    if (!sheets.success) return fail(400, { at, code: 'malformed' as const });
    const ack = ask(event.locals, seat, {
      type: 'importItems',
      sheets: directed(sheets.output, form),
      captions: jsonOf(form, 'captions') as TableCaptions,
      mode: textOf(form, 'mode') === 'replace' ? 'replace' : 'append',
    });
    if (!ack.ok) return fail(409, { at, code: ack.refused });
    redirect(303, `/meetings/${seat.meeting.id}/setup?imported=${sheets.output.length}`);
  },
};
