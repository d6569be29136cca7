/**
 * One 議題 in the first draft of the minutes: 除斥, 説明, 質疑・意見, 投票, まとめ, 決定, each under a letter of
 * its own and only where the record tells of it. No vote stands beside a name.
 */
import type {
  Criterion,
  FrozenOpinions,
  Item,
  Meeting,
  Rating,
  Round,
  Tally,
} from '#domain/meeting.ts';
import type { DecisionMethod, ParticipantId } from '#domain/types.ts';
import { makeTime } from './wareki.ts';

type Around = {
  readonly speaker: (id: ParticipantId) => string;
  /** The opinions where none are frozen. */
  readonly standing: readonly FrozenOpinions[];
};

const letters = 'アイウエオカキク';
const methods: Readonly<Record<DecisionMethod, string>> = {
  unanimous: '全会一致により',
  majority: '多数により',
  chairOnTie: '可否同数のため会長の決するところにより',
  noObjection: '異議なしと認め',
  chairJudgement: '会長の判断により',
  heard: '',
};

/**
 * [P10] Whoever stands aside from an item learns of it when it is decided. The minutes are one text for
 * all, so of an item that was put off they hold nothing that was said, unless somebody writes it.
 */
export const isWithheld = ({ state, recused }: Item): boolean =>
  state !== 'decided' && recused.length > 0;

export function itemParagraphs(meeting: Meeting, item: Item, around: Around): readonly string[] {
  const { recused } = item;
  const aside = recused.map(({ participantId }) => around.speaker(participantId));
  const parts: readonly (readonly [caption: string, lines: readonly string[]])[] = isWithheld(item)
    ? [['決定', ending(withoutReasons(item))]]
    : [
        ['説明', explained(meeting, item)],
        ['質疑・意見', said(item, around)],
        ['投票', item.rounds.flatMap((round) => counted(round, item.rounds.length > 1))],
        ['まとめ', summedUp(meeting, item, around)],
        ['決定', [...decided(meeting, item), ...ending(item)]],
      ];
  return [
    ...(aside.length === 0
      ? []
      : [`※ ${named(aside)}は、この議題について除斥となり、審議及び評価に加わらなかった。`]),
    ...parts
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([caption, lines], at) => [`${letters[at]}\u3000${caption}`, ...lines]),
  ];
}

/** 委員2人 rather than 委員、委員. */
function named(people: readonly string[]): string {
  const different = [...new Set(people)];
  return different.length === 1 && people.length > 1
    ? `${different.join('')}${people.length}人`
    : people.join('、');
}

function explained(meeting: Meeting, { sheet, state, selfRating }: Item): readonly string[] {
  if (state === 'waiting') return [];
  const sections = sheet.sections.join('、');
  return [
    ...(sections === '' ? [] : [`${sections}から説明があった。`]),
    ...(selfRating
      ? selfRating.ratings.map(
          (rating) => `所管課は、${ratingText(meeting.criteria, rating)}と自己評価した。`,
        )
      : []),
    ...(selfRating && selfRating.evidence !== '' ? [`自己評価の根拠：${selfRating.evidence}`] : []),
  ];
}

function said(item: Item, { speaker, standing }: Around): readonly string[] {
  const opinions = item.decision?.opinions ?? (item.state === 'waiting' ? [] : standing);
  return [
    ...item.questions.flatMap(({ askedBy, text, answer }) => [
      `${speaker(askedBy)}：${text}`,
      ...(answer ? [`${speaker(answer.answeredBy)}：${answer.text}`] : []),
    ]),
    ...opinions.flatMap(({ heading, bullets }) =>
      bullets.length === 0 ? [] : [heading, ...bullets.map((text) => `・${text}`)],
    ),
  ];
}

/** [B5] A round that was never revealed leaves nothing. */
function counted(round: Round, several: boolean): readonly string[] {
  const { result, secrecy, electorate, casting, criteria } = round;
  if (!result) return [];
  const number = several ? `第${round.number}回の` : '';
  const how = secrecy === 'secret' ? '無記名' : '記名';
  return [
    `${number}投票（${how}、投票権のある委員${electorate.length}人）の結果は、次のとおりであった。`,
    ...result.tallies.map((tally) => tallyText(criteria, tally)),
    ...casting.map(
      (vote) => `可否同数のため、会長が${ratingText(criteria, vote)}と決した。理由：${vote.reason}`,
    ),
  ];
}

function tallyText(criteria: readonly Criterion[], tally: Tally): string {
  const criterion = criteria.find(({ id }) => id === tally.criterionId);
  const counts = (criterion?.options ?? []).map(({ id, label }) => {
    const votes = tally.counts.find(({ optionId }) => optionId === id)?.votes ?? 0;
    return `「${label}」${votes}人`;
  });
  const rest = [
    ['棄権', tally.abstained],
    ['未投票', tally.notVoted],
  ] as const;
  const others = rest.filter(([, count]) => count > 0).map(([word, count]) => `${word}${count}人`);
  return `・${criterion?.name ?? ''}：${[...counts, ...others].join('、')}`;
}

function summedUp(meeting: Meeting, item: Item, { speaker }: Around): readonly string[] {
  const { proposal, objections, roundZero } = item;
  return [
    ...(roundZero
      ? [
          `事前評価（${roundZero.given}人）の分布は、次のとおりであった。`,
          ...roundZero.tallies.map((tally) => tallyText(meeting.criteria, tally)),
        ]
      : []),
    ...(proposal?.ratings ?? []).map(
      (rating) => `会長から、${ratingText(meeting.criteria, rating)}とするまとめ案が示された。`,
    ),
    ...objections.map(
      ({ participantId, reason }) =>
        `${speaker(participantId)}から異議があった。${reason === '' ? '' : `理由：${reason}`}`,
    ),
  ];
}

function decided({ criteria }: Meeting, { decision }: Item): readonly string[] {
  if (!decision) return [];
  if (decision.method === 'heard') return ['各委員から評価と意見を聴取した。'];
  return [
    ...decision.ratings.flatMap((rating) => [
      `${methods[decision.method]}、${ratingText(criteria, rating)}と決定した。`,
      ...(rating.reason === '' ? [] : [`理由：${rating.reason}`]),
    ]),
    ...(decision.reason === '' ? [] : [`理由：${decision.reason}`]),
  ];
}

/** [P10] The reason why an item was put off can tell what was said about it. */
export const withoutReasons = (item: Item): Item => ({
  ...item,
  notes: item.notes.map((note) => ({ ...note, reason: '' })),
});

/** 継続審議, 取消し and what was never taken up. */
function ending({ state, notes }: Item): readonly string[] {
  const told = notes.map(({ kind, reason, at }) => {
    const why = reason === '' ? '' : `理由：${reason}`;
    return kind === 'deferred'
      ? `${makeTime(at)}、継続審議とした。${why}`
      : `${makeTime(at)}、確定した評価を取り消し、再び審議した。${why}`;
  });
  return state === 'waiting' ? [...told, '審議に至らなかった。'] : told;
}

/** 「評価項目」を「段階」: a rating in the words of the meeting. */
function ratingText(criteria: readonly Criterion[], { criterionId, optionId }: Rating): string {
  const criterion = criteria.find(({ id }) => id === criterionId);
  const label = criterion?.options.find(({ id }) => id === optionId)?.label ?? '';
  return `「${criterion?.name ?? ''}」を「${label}」`;
}
