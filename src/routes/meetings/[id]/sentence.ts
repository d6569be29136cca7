/** 次にすること in a sentence, for every step and legal mode. */
import { isRecused } from '#domain/permission.ts';
import type { Mode } from '#domain/types.ts';
import type { ItemView } from '#protocol/view.ts';
import type { conduct } from '$lib/messages/conduct.ts';
import type { hearingConduct } from '$lib/messages/hearing.ts';
import type { paper } from '$lib/messages/paper.ts';
import type { Desk } from './desk.svelte.ts';
import type { Move } from './move.svelte.ts';
import { itemTitle } from './wording.ts';

type Words = {
  readonly usual: ReturnType<typeof conduct>;
  readonly hearing: ReturnType<typeof hearingConduct>;
  readonly paper: ReturnType<typeof paper>;
};

/** More names than these make no sentence; the count beside it has them all. */
const MOST_NAMES = 4;

export function sentenceOf(desk: Desk, move: Move, words: Words): string {
  const { step, round, toStart } = move;
  const { steps } = words.usual;
  const { mode } = desk.view;
  if (mode === 'hearing') {
    const heard = hearingSentence(desk, move, words);
    if (heard !== undefined) return heard;
  }
  switch (step.kind) {
    case 'startItem':
      return toStart ? start(desk, toStart, words) : '';
    case 'awaitQuorum':
      return steps.awaitQuorum(step.missing);
    case 'awaitBallots':
      return steps.awaitBallots(
        step.missing > MOST_NAMES
          ? []
          : (round?.electorate ?? [])
              .filter(({ participantId }) => !round?.voted.includes(participantId))
              .map(({ name }) => name),
        step.missing,
      );
    case 'breakTie':
      return desk.may('breakTie') ? steps.breakTie : words.paper.tieWait;
    case 'decideItem':
      return decision(desk, move, mode, words);
    default:
      return steps[step.kind];
  }
}

/** A chair who is about to hand over the gavel is told so, and to whom. */
function start(desk: Desk, item: ItemView, { usual: { steps } }: Words): string {
  const chair = desk.view.participants.find(({ role }) => role === 'chair');
  const holder = desk.holderOf(item);
  return chair && holder && isRecused(item, chair.id)
    ? steps.startWithout(itemTitle(item), holder.name)
    : steps.startItem(itemTitle(item));
}

function decision(desk: Desk, { current }: Move, mode: Mode, words: Words): string {
  const { steps } = words.usual;
  if (mode !== 'consensus') {
    return desk.may('decideItem') ? steps.decideItem : steps.decideItemByChair;
  }
  if (!desk.may('decideItem')) return words.paper.decideByChair;
  const objected = (current?.objections.length ?? 0) > 0;
  return objected ? words.paper.decideObjected : words.paper.decideConsensus;
}

function hearingSentence(desk: Desk, { step }: Move, { hearing }: Words): string | undefined {
  switch (step.kind) {
    case 'openAll':
      return hearing.openAllStep;
    case 'openBallot':
      return hearing.openBallotStep;
    case 'awaitBallots':
      return hearing.awaitBallotsStep(step.missing);
    case 'closeBallot':
      return hearing.closeBallotStep;
    case 'revealBallot':
      return hearing.revealBallotStep;
    case 'decideItem':
      return desk.may('decideItem') ? hearing.decideItemStep : hearing.decideItemByChairStep;
    default:
      return undefined;
  }
}
