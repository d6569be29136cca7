/**
 * 来年度の会議: what of a meeting goes over into the next one ([M17]). Years move on by one, figures
 * stay where they are in time, and nothing that was rated, said or replied goes along.
 */
import { detailsOf } from './details.ts';
import type { EventBody } from './event.ts';
import type { Meeting, MeetingDetails } from './meeting.ts';
import {
  emptyPoint,
  noCaptions,
  type Kpi,
  type ProjectSheet,
  type TableCaptions,
} from './sheet.ts';
import type { AccountId, FiscalYear, ItemId, ParticipantId } from './types.ts';

/** 令和7年度, R6, 2024年度: a year as a title or a heading writes it, in digits of any width. */
const years = /(令和|R|Ｒ)(元|[0-9０-９]{1,2})|([12１２][0-9０-９]{3})(?=年)/gu;

/** Every year in a text, moved on by one: 【R6実績について】 → 【R7実績について】. */
export const moveYears = (text: string): string =>
  text.replace(
    years,
    (_, era: string | undefined, of: string | undefined, full: string | undefined) => {
      const digits = (of ?? full ?? '').normalize('NFKC');
      const next = (digits === '元' ? 1 : Number(digits)) + 1;
      return `${era ?? ''}${next}`;
    },
  );

/** The same day a year later; 29 February becomes the 28th. */
function nextDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return [Number(year) + 1, month, month === '02' && date === '29' ? '28' : date].join('-');
}

const YEAR_MS = 365 * 24 * 3_600_000;

export function nextDetails(meeting: Meeting): MeetingDetails {
  return {
    ...detailsOf(meeting),
    title: moveYears(meeting.title),
    evaluatedYear: meeting.evaluatedYear + 1,
    heldOn: nextDay(meeting.heldOn),
    deadline: meeting.deadline === null ? null : meeting.deadline + YEAR_MS,
    previousMeetingId: meeting.id,
  };
}

/** A sheet as the section finds it next year: old figures in their years, a new year to fill in. */
export function nextSheet(sheet: ProjectSheet, evaluated: FiscalYear): ProjectSheet {
  return {
    ...sheet,
    kpis: sheet.kpis.map((kpi) => nextKpi(kpi, evaluated)),
    costYen: null,
    effects: [],
    activities: sheet.activities.map(({ name }) => ({ name, quantitative: [], qualitative: [] })),
    report: null,
    rating: null,
    ratingText: null,
    opinions: [],
  };
}

function nextKpi(kpi: Kpi, evaluated: FiscalYear): Kpi {
  const next = evaluated + 1;
  const dated = kpi.series.map((point) => {
    // [K1] Figures without a year were those of the evaluated one.
    const year = point.year ?? evaluated;
    const statedJudgement =
      point.statedJudgement ?? (year === evaluated ? kpi.statedJudgement : null);
    return { ...point, year, statedJudgement };
  });
  const known = dated.some(({ year }) => year === next);
  return {
    ...kpi,
    series: known ? dated : [...dated, emptyPoint(next)],
    // What was said of last year's figures is not said of next year's.
    statedRate: null,
    statedJudgement: null,
    comment: null,
  };
}

/** Beside each column of the evaluated year's actuals one for the next year. */
export function nextCaptions(captions: TableCaptions, evaluated: FiscalYear): TableCaptions {
  const next = evaluated + 1;
  const has = captions.figures.some(({ role, year }) => role === 'actual' && year === next);
  return {
    ...captions,
    figures: captions.figures.flatMap((figure) =>
      !has && figure.role === 'actual' && figure.year === evaluated
        ? [figure, { ...figure, caption: moveYears(figure.caption), year: next }]
        : [figure],
    ),
  };
}

/**
 * The events that follow the founding by `founder`: the others in their seats, and the items.
 * @param newId a fresh id a seat and an item
 */
export function nextEvents(
  meeting: Meeting,
  founder: AccountId,
  newId: () => string,
): readonly EventBody[] {
  const others = meeting.participants.filter(({ accountId }) => accountId !== founder);
  const seats = others.flatMap(({ name, role, affiliation, accountId }): EventBody[] => {
    const participantId = newId() as ParticipantId;
    const added = {
      kind: 'participantAdded',
      participantId,
      seat: { name, role, affiliation },
    } as const;
    return accountId === null
      ? [added]
      : [added, { kind: 'participantJoined', participantId, accountId }];
  });
  const { evaluatedYear, captions } = meeting;
  const items: EventBody = {
    kind: 'itemsImported',
    items: meeting.items.map(({ sheet }) => ({
      itemId: newId() as ItemId,
      sheet: nextSheet(sheet, evaluatedYear),
    })),
    captions: nextCaptions(captions ?? noCaptions, evaluatedYear),
    mode: 'replace',
  };
  return meeting.items.length === 0 ? seats : [...seats, items];
}
