/** The results in a shape as a page to print. */
import { papersOf } from '#formats/papers.ts';
import { shapedTable } from '#formats/shape.ts';
import { exporterAt, shapeOf } from '$lib/server/download.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting } = exporterAt(event, event.params.id);
  const { shape } = shapeOf(event.url);
  return {
    meeting: { id: meeting.id, title: meeting.title },
    shape,
    papers: papersOf({ table: shapedTable(meeting, shape), shape }),
  };
};
