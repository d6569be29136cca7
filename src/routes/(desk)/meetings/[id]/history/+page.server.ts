/** 意見の履歴: how the opinions under one heading came about; the secretariat alone ([P7]). */
import { error } from '@sveltejs/kit';
import { itemOf } from '#domain/room.ts';
import { mayEver } from '#domain/permission.ts';
import type { HeadingId, ItemId } from '#domain/types.ts';
import { seatAt } from '$lib/server/door.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const { meeting, me } = seatAt(event, params.id);
  if (!mayEver(me.role, 'readHistory')) error(403, { message: 'secretariat only' });
  const asked = (name: string) => url.searchParams.get(name);
  const { id, title, phase, headings, items, currentItemId } = meeting;
  const item =
    itemOf(meeting, asked('item') as ItemId | null) ?? itemOf(meeting, currentItemId) ?? items[0];
  const headingId = asked('heading') as HeadingId | null;
  const heading = headings.find((each) => each.id === headingId) ?? headings[0];
  // Steps are counted from 1 in addresses.
  const step = /^[1-9][0-9]{0,5}$/.test(asked('step') ?? '') ? Number(asked('step')) - 1 : null;
  const wanted = item && heading && { itemId: item.id, headingId: heading.id, step };
  return {
    meeting: { id, title, phase },
    items: items.map((each) => ({
      id: each.id,
      name: [each.sheet.no, each.sheet.name].filter(Boolean).join('　'),
    })),
    headings: headings.map((each) => ({ id: each.id, text: each.text })),
    chosen: { item: item?.id ?? '', heading: heading?.id ?? '' },
    // Before the opening there are no opinions, and so nothing to be read ([P3]).
    answer: wanted && phase !== 'draft' ? await locals.app.history.read(meeting, wanted) : null,
    keptDays: locals.app.keeping.historyDays,
  };
};
