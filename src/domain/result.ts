/** 評価結果: the table a meeting gives back, in the shape it was read in ([R2]). */
import type { Criterion, Decision, Item, Meeting } from './meeting.ts';
import type { EvaluationTable, ProjectSheet, SheetOpinion, TableCaptions } from './sheet.ts';

const ownCaptions: TableCaptions = { strategy: null, figures: [], rating: null, ratingGroup: null };

/**
 * [R2] Before the meeting opens the table is the one prepared, with whatever rating and opinions it
 * came with; from then on only what was decided counts, and an undecided project has neither.
 */
export function resultTable(meeting: Meeting): EvaluationTable {
  return {
    layout: 'result-table',
    title: resultTitle(meeting),
    municipality: meeting.municipality,
    fiscalYear: meeting.evaluatedYear,
    captions: meeting.captions ?? ownCaptions,
    projects: meeting.items.map((item) => row(meeting, item)),
    findings: [],
  };
}

/**
 * [R4] The printed title names the municipality, the meeting and what was evaluated, each once:
 * 検証市 令和7年度 第1回 効果検証会議 令和6年度事業評価結果.
 */
export function resultTitle(
  { municipality, title, evaluatedYear }: Meeting,
  about = '事業評価結果',
): string {
  const lead = title.includes(municipality) ? [] : [municipality];
  // 平成31年度 is 令和元年度: fiscal 2019 is the first that is printed as 令和.
  const year =
    evaluatedYear >= 2019 ? `令和${evaluatedYear - 2018}年度` : `平成${evaluatedYear - 1988}年度`;
  const said = about === '事業評価結果' && title.includes('評価結果');
  const tail = said ? [] : [`${year}${about}`];
  return [...lead, title, ...tail].join(' ');
}

function row(meeting: Meeting, item: Item): ProjectSheet {
  if (meeting.phase === 'draft') return item.sheet;
  const { decision } = item;
  if (!decision) return { ...item.sheet, rating: null, ratingText: null, opinions: [] };
  const [criterion] = meeting.criteria;
  const chosen = decision.ratings.find(({ criterionId }) => criterionId === criterion?.id);
  const level = criterion?.options.findIndex(({ id }) => id === chosen?.optionId) ?? -1;
  return {
    ...item.sheet,
    rating: nationalLevel(criterion?.options.length ?? 0, level),
    ratingText: criterion?.options[level]?.label ?? null,
    opinions: [
      ...decision.opinions.flatMap(({ heading, bullets }) =>
        bullets.map((text) => ({ heading, text })),
      ),
      ...ratedBeside(meeting.criteria, decision),
    ],
  };
}

/**
 * [R17] The table has one column for one criterion. What was decided by the others, and every reason
 * that a criterion asked for, stands among 意見等 under the name of its criterion.
 */
function ratedBeside(criteria: readonly Criterion[], { ratings }: Decision): SheetOpinion[] {
  return criteria.flatMap(({ id, name, options }, at) => {
    const rating = ratings.find(({ criterionId }) => criterionId === id);
    const label = options.find((option) => option.id === rating?.optionId)?.label;
    if (!rating || label === undefined) return [];
    const texts = [
      ...(at === 0 ? [] : [label]),
      ...(rating.reason === '' ? [] : [`理由：${rating.reason}`]),
    ];
    return texts.map((text) => ({ heading: `【${name}】`, text }));
  });
}

/** The number of a level is known only on a scale of four, best first. */
function nationalLevel(levels: number, index: number): ProjectSheet['rating'] {
  if (levels !== 4) return null;
  return ([4, 3, 2, 1] as const)[index] ?? null;
}
