/** What CP932 cannot write of the open data, told before anybody takes the file along. */
import { answeredTable } from '#domain/replies.ts';
import { exporterAt, made } from '$lib/server/download.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meeting } = exporterAt(event, event.params.id);
  const order = { table: answeredTable(meeting), encoding: 'cp932' } as const;
  const { unwritable } = made(await event.locals.app.office.run('makeOpenData', order));
  return { meeting: { id: meeting.id, title: meeting.title }, unwritable };
};
