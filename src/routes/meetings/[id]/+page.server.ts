/** The room as it stands, readable before any script runs. */
import { figureColumns } from '#formats/figures.ts';
import { isRecused, opinionsAccess, readsSheets } from '#domain/permission.ts';
import { itemOf } from '#domain/room.ts';
import { resultTable } from '#domain/result.ts';
import { nextItem } from '#domain/step.ts';
import type { ItemId } from '#domain/types.ts';
import { audienceOf, viewOf } from '#protocol/view.ts';
import { previousAt, seatAt } from '$lib/server/door.ts';
import { countFindings } from '$lib/sheet/findings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { locals, params, url } = event;
  const { meeting, me, person } = seatAt(event, params.id);
  const { meetings, clock } = locals.app;
  const chosen = itemOf(meeting, url.searchParams.get('item') as ItemId | null);
  const item =
    chosen ??
    itemOf(meeting, meeting.currentItemId) ??
    itemOf(meeting, nextItem(meeting)) ??
    meeting.items[0];
  const readable = item && readsSheets(me.role, meeting.phase);
  const seated = { meeting, me };
  return {
    view: viewOf(meeting, audienceOf(meeting, me)),
    audience: audienceOf(meeting, me),
    me: { id: me.id, name: me.name, role: me.role, accountId: person.accountId },
    chosen: chosen?.id ?? null,
    sheet: readable
      ? {
          itemId: item.id,
          sheetRev: item.sheetRev,
          sheet: item.sheet,
          previous: meetings.previous(seated, item.id),
        }
      : null,
    // Beside the agenda: what the sheet doctor has to say about each project.
    findings:
      readable && me.role !== 'observer'
        ? Object.fromEntries(
            meeting.items.map(({ id, sheet }) => [id, countFindings(sheet, meeting.evaluatedYear)]),
          )
        : {},
    previousMeeting: previousAt(event, meeting),
    opinions:
      readable &&
      opinionsAccess(me.role, meeting.phase, item.state, isRecused(item, me.id)) !== 'none'
        ? { itemId: item.id, headings: meetings.opinions(seated, item.id) }
        : null,
    columns: meeting.captions ? figureColumns(resultTable(meeting)) : null,
    ballots: meetings.ownBallots(seated),
    ratings: meetings.ownRatings(seated),
    drafts: meetings.drafts(seated),
    now: clock(),
  };
};
