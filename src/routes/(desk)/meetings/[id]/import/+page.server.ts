/** Reading a table in a worker, showing it, and taking it over once a person has confirmed it. */
import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import { directions, type ProjectSheet, type TableCaptions } from '#domain/sheet.ts';
import type { Source } from '#formats/byhand.ts';
import type { FileRefusal } from '#formats/notice.ts';
import { fileLimits } from '#formats/table.ts';
import { keptMappingSchema } from '#protocol/mapping.ts';
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
    evaluatedYear: meeting.evaluatedYear,
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

const refusedAt = (at: 'file' | 'table', code: FileRefusal | 'nothing', status = 400) =>
  fail(status, { at, code });

/** The chosen file or the pasted cells, checked before any bytes are copied to the worker. */
async function sourceOf(event: RequestEvent) {
  const form = await fieldsOf(event);
  if (!form) return { refused: refusedAt('file', 'file-too-large', 413) };
  const file = form.get('file');
  const text = textOf(form, 'table');
  if (file instanceof File && file.name !== '') {
    if (file.size > fileLimits.bytes) return { refused: refusedAt('file', 'file-too-large', 413) };
    const bytes = new Uint8Array(await file.arrayBuffer());
    const source: Source = { name: file.name, bytes };
    return { at: 'file' as const, source };
  }
  if (text.trim() === '') return { refused: refusedAt('file', 'nothing') };
  const source: Source = { text, html: textOf(form, 'html') || null };
  return { at: 'table' as const, source };
}

const nameOf = (source: Source) => ('name' in source ? source.name : null);

export const actions: Actions = {
  read: async (event) => {
    preparerAt(event, event.params.id);
    const given = await sourceOf(event);
    if (given.refused) return given.refused;
    const { at, source } = given;
    const { office, mappings } = event.locals.app;
    const remembered = mappings.list();
    const read = await office.run('readSource', { ...source, remembered });
    if (!read.ok) return refusedAt(at, read.code);
    const found = remembered.find(({ fingerprint }) => fingerprint === read.fingerprint);
    const kept = found
      ? { fingerprint: found.fingerprint, name: found.name, keptAt: found.keptAt }
      : null;
    return { shown: read.shown, name: nameOf(source), kept };
  },
  columns: async (event) => {
    preparerAt(event, event.params.id);
    const given = await sourceOf(event);
    if (given.refused) return given.refused;
    const { at, source } = given;
    const read = await event.locals.app.office.run('readColumns', source);
    if (!read.ok) return refusedAt(at, read.code);
    return { shown: read.shown, name: nameOf(source), kept: null };
  },
  forget: async (event) => {
    preparerAt(event, event.params.id);
    const form = await fieldsOf(event);
    event.locals.app.mappings.drop(form ? textOf(form, 'fingerprint') : '');
    return { forgotten: true as const };
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
    // Remembered only once it has served: what was tried and given up teaches nothing.
    const kept = v.safeParse(keptMappingSchema, jsonOf(form, 'mapping'));
    if (kept.success) event.locals.app.mappings.keep(kept.output);
    redirect(303, `/meetings/${seat.meeting.id}/setup?imported=${sheets.output.length}`);
  },
};
