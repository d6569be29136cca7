/** 担当する事業: the projects whose report this person writes, with what is left to do on each. */
import { error } from '@sveltejs/kit';
import { findOmissions } from '#domain/omission.ts';
import { formAccess, mayEver } from '#domain/permission.ts';
import { draftOf, fieldsOf } from '#formats/reportfields.ts';
import { seatAt } from '$lib/server/door.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = seatAt(event, event.params.id);
  if (!mayEver(me.role, 'changeItem')) error(403, { message: 'sections and secretariat only' });
  const { forms } = event.locals.app;
  const year = meeting.evaluatedYear;
  const own = meeting.items.filter(
    ({ state, sheet }) =>
      formAccess(me, meeting.phase, { state, sections: sheet.sections }) !== 'none',
  );
  return {
    meeting: { id: meeting.id, title: meeting.title, phase: meeting.phase },
    isOffice: me.role === 'secretariat',
    items: own.map((item) => {
      const { sheet } = item;
      const { budget, kpis, parts } = findOmissions(
        draftOf(fieldsOf(sheet, year), sheet, year),
        year,
      );
      return {
        id: item.id,
        no: sheet.no,
        name: sheet.name,
        sections: sheet.sections,
        decided: item.state === 'decided',
        missing: budget.length + kpis.length + parts.flat().length,
        waiting: forms.waiting(meeting, item),
        questions: item.questions.filter(({ answer }) => answer === null).length,
      };
    }),
  };
};
