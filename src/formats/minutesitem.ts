/**
 * One 議題 of the minutes: its KPIs, what was said, how it was voted, what was decided and which
 * opinions remain, each under a letter of its own (ア, イ, …) and only where there is something.
 */
import type {
  MinutesDecision,
  MinutesItem,
  MinutesKpi,
  MinutesRound,
  MinutesTally,
} from '#domain/minutes.ts';
import type { SheetOpinion } from '#domain/sheet.ts';
import {
  bullet,
  gap,
  heading,
  labelled,
  paragraph,
  subheading,
  table,
  type Block,
  type Cell,
} from './minutesparts.ts';
import { byHeading } from './opinioncell.ts';
import { captionText } from './sheetpage.ts';
import { makeTime } from './wareki.ts';

const letters = 'アイウエオカキク';
const methods = {
  unanimous: '全会一致',
  majority: '多数',
  chairOnTie: '可否同数のため会長が決定',
  noObjection: '異議なし',
  chairJudgement: '会長の判断',
  heard: '意見聴取',
} as const;
const ballots = { named: '記名投票', secret: '無記名投票' } as const;
const endings = {
  decided: null,
  discussed: null,
  deferred: '継続審議とした。',
  notReached: '時間の都合により審議に至らなかった。',
} as const;

export function itemBlocks(item: MinutesItem, index: number): Block[] {
  const no = item.no === null ? '' : `${item.no}\u3000`;
  const ending = endings[item.state];
  const sections: readonly (readonly [caption: string, blocks: readonly Block[]])[] = [
    ['重要業績評価指標（KPI）', item.kpis.length > 0 ? [kpiTable(item.kpis)] : []],
    ['説明及び質疑', item.statements.map(({ speaker, text }) => labelled(speaker, text))],
    ['投票結果', item.rounds.flatMap((round) => roundBlocks(round, item.rounds.length > 1))],
    ['決定', item.decisions.flatMap(decisionBlocks)],
    ['意見等', opinionBlocks(item.opinions)],
  ];
  return [
    heading(2, `(${index + 1}) ${no}${item.title}`),
    ...(item.sections.length > 0 ? [particular('所管課', item.sections)] : []),
    ...(item.recused.length > 0 ? [particular('除斥', item.recused)] : []),
    ...sections
      .filter(([, blocks]) => blocks.length > 0)
      .flatMap(([caption, blocks], at) => [
        heading(3, `${letters[at]}\u3000${caption}`),
        ...blocks,
      ]),
    ...(ending === null ? [] : [paragraph(ending)]),
    ...item.notes.map(({ at, text }) =>
      paragraph(at === null ? text : `${text}（${makeTime(at)}）`),
    ),
  ];
}

function particular(label: string, entries: readonly string[]): Block {
  return labelled(label, entries.join('、'), { width: 4, indent: 1, keepNext: true });
}

/** KPIs of one project as a table; captions are those of all its KPIs, in order of appearance. */
function kpiTable(kpis: readonly MinutesKpi[]): Block {
  const captions = [...new Set(kpis.flatMap((kpi) => kpi.figures.map(({ caption }) => caption)))];
  const judged = kpis.some((kpi) => kpi.judgement !== null);
  const header = ['指標', ...captions, ...(judged ? ['達成状況'] : [])];
  return table({
    widths: [
      32,
      ...captions.map(() => 68 / (captions.length + (judged ? 1 : 0))),
      ...(judged ? [12] : []),
    ],
    indent: 2,
    header: header.map((text) => ({ text: captionText(text) })),
    rows: kpis.map((kpi): readonly Cell[] => [
      { text: `${kpi.mark ?? ''}${kpi.label}` },
      ...captions.map((caption): Cell => {
        const figure = kpi.figures.find((each) => each.caption === caption);
        return { text: figure?.text ?? '', align: 'right' };
      }),
      ...(judged ? [{ text: kpi.judgement ?? '', align: 'center' } as const] : []),
    ]),
  });
}

function roundBlocks(round: MinutesRound, several: boolean): Block[] {
  const number = several ? `第${round.number}回\u3000` : '';
  const closed = round.closedAt === null ? '' : makeTime(round.closedAt);
  const about = `${number}${ballots[round.ballot]}（${makeTime(round.openedAt)}～${closed}、投票権のある委員${round.eligible}人）`;
  return [
    subheading(about),
    ...round.criteria.flatMap((tally) => tallyBlocks(tally, round.eligible)),
  ];
}

function tallyBlocks(tally: MinutesTally, eligible: number): Block[] {
  const count = (label: string, number: number, bold = false): readonly Cell[] => [
    { text: label, bold },
    { text: `${number}人`, align: 'right', bold },
  ];
  const blocks: Block[] = [
    table({
      widths: [80, 20],
      indent: 2,
      together: true,
      header: [{ text: tally.criterion }, { text: '投票数' }],
      rows: [
        ...tally.options.map((option) => count(option.label, option.count)),
        count('棄権', tally.abstained),
        count('未投票', tally.absent),
        count('計', eligible, true),
      ],
    }),
    gap(),
  ];
  if (tally.ballots && tally.ballots.length > 0) {
    blocks.push(
      subheading('各委員の投票'),
      ...tally.ballots.map(({ voter, choice }) => labelled(voter, choice)),
      gap(),
    );
  }
  return blocks;
}

function decisionBlocks({ criterion, label, method, reason, decidedAt }: MinutesDecision): Block[] {
  const how = `（${methods[method]}、${makeTime(decidedAt)}）`;
  return [
    paragraph(`「${criterion}」を「${label}」と決定した${how}。`),
    ...(reason === null || reason === '' ? [] : [labelled('理由', reason, { width: 3 })]),
  ];
}

function opinionBlocks(opinions: readonly SheetOpinion[]): Block[] {
  return byHeading(opinions).flatMap(([caption, section]) => [
    ...(caption === '' ? [] : [subheading(caption)]),
    ...section.map(({ text }) => bullet(text)),
  ]);
}
