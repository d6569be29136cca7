/** 評価結果（Excel）, and any other shape as a workbook. */
import { shapedTable } from '#formats/shape.ts';
import { download, exporterAt, made, shapeOf } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meeting } = exporterAt(event, event.params.id);
  const { shape, word } = shapeOf(event.url);
  const table = shapedTable(meeting, shape);
  const bytes = made(await event.locals.app.office.run('makeWorkbook', { table, shape }));
  return download(bytes, meeting.title, word, 'xlsx');
};
