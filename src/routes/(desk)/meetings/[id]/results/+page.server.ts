/**
 * 評価結果: the table of the meeting as it stands, which files this person may take along, and the
 * Word template the office keeps.
 */
import { error, fail, redirect } from '@sveltejs/kit';
import { obstacle } from '#domain/obstacle.ts';
import { mayEver, readsSheets, standsAside } from '#domain/permission.ts';
import { answeredOpinions } from '#domain/replies.ts';
import { distributionsOf } from '#domain/publication.ts';
import { resultTable } from '#domain/result.ts';
import { roomOf } from '#domain/room.ts';
import { figureColumns } from '#formats/figures.ts';
import { templateLimits } from '#formats/templatefields.ts';
import type { Phase } from '#domain/types.ts';
import { makeDate } from '#formats/wareki.ts';
import { audienceOf, viewOf } from '#protocol/view.ts';
import { ask } from '$lib/server/ask.ts';
import { seatAt } from '$lib/server/door.ts';
import { textOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) => {
  const seated = seatAt(event, event.params.id);
  const { meeting, me } = seated;
  if (!readsSheets(me.role, meeting.phase)) error(403, { message: 'not open yet' });
  const table = resultTable(meeting);
  const { id, title, phase } = meeting;
  const kept = event.locals.app.templates.about();
  return {
    meeting: { id, title, phase },
    table,
    columns: figureColumns(table),
    states: meeting.items.map(({ state }) => state),
    // [D9] 意見聴取 has no rating of its own: what its members gave, once the item was heard.
    given:
      meeting.mode === 'hearing'
        ? meeting.items.map((item) => (item.decision ? distributionsOf(item) : []))
        : null,
    selfRated: selfRatingsOf(seated),
    mayExport: mayEver(me.role, 'export'),
    mayExportRecord:
      mayEver(me.role, 'exportRecord') && isOver(phase) && !standsAside(me.id, meeting.items),
    after: isOver(phase) ? afterOf(event, seated) : null,
    mayKeepTemplate: mayEver(me.role, 'keepTemplate'),
    template: kept && { name: kept.name, date: makeDate(kept.keptAt) },
    templateLimit: templateLimits.bytes,
    mayReadHistory: mayEver(me.role, 'readHistory'),
  };
};

/** 自己評価 of the sections by item, as far as this person may see them ([P10]); the words of each. */
function selfRatingsOf({ meeting, me }: ReturnType<typeof seatAt>): readonly (readonly string[])[] {
  const { items, criteria } = viewOf(meeting, audienceOf(meeting, me));
  return items.map(({ selfRating }) =>
    (selfRating?.ratings ?? []).flatMap(({ criterionId, optionId }) => {
      const criterion = criteria.find(({ id }) => id === criterionId);
      return criterion?.options.find(({ id }) => id === optionId)?.label ?? [];
    }),
  );
}

const isOver = (phase: Phase): boolean => phase === 'closed' || phase === 'published';

/** What is to be done once a meeting is over, for those who may do it. */
function afterOf({ locals, url }: RequestEvent, seated: ReturnType<typeof seatAt>) {
  const { meeting, me, person } = seated;
  const room = roomOf(meeting);
  const opinions = answeredOpinions(meeting);
  const slug = meeting.publication?.slug;
  return {
    opinions: opinions.length,
    replied: opinions.filter(({ reply }) => reply !== null).length,
    readsReplies: mayEver(me.role, 'export'),
    readsRecord: mayEver(me.role, 'exportRecord'),
    publishes: mayEver(me.role, 'publish'),
    publishBlocked: obstacle(room, me.id, { type: 'publish' }),
    publicAddress: slug === undefined ? null : new URL(`/public/${slug}`, url.origin).href,
    makesNext: me.role === 'secretariat' && person.isStaff,
    next: locals.app.meetings.nextOf(seated, person.accountId),
  };
}

/** The office's template is the secretariat's business ([P8]). */
function keeperAt(event: RequestEvent): void {
  const { me } = seatAt(event, event.params.id);
  if (!mayEver(me.role, 'keepTemplate')) error(403, { message: 'secretariat only' });
}

export const actions: Actions = {
  publish: (event) => {
    const ack = ask(event.locals, seatAt(event, event.params.id), { type: 'publish' });
    return ack.ok ? { after: 'published' as const } : fail(409, { refused: ack.refused });
  },
  unpublish: async (event) => {
    const reason = textOf(await event.request.formData(), 'reason');
    const seat = seatAt(event, event.params.id);
    const ack = ask(event.locals, seat, { type: 'unpublish', reason });
    return ack.ok ? { after: 'unpublished' as const } : fail(409, { refused: ack.refused });
  },
  next: (event) => {
    const seat = seatAt(event, event.params.id);
    const { meeting, me, person } = seat;
    if (me.role !== 'secretariat' || !person.isStaff || !isOver(meeting.phase))
      error(403, { message: 'staff of the secretariat only' });
    redirect(
      303,
      `/meetings/${event.locals.app.meetings.foundNext(person, seat)}/setup?made=meeting`,
    );
  },
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
