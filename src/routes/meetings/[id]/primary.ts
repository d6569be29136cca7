/** The one button of the console: its words and what it sends, for every next step. */
import type { Command } from '#domain/command.ts';
import type { ParticipantId } from '#domain/types.ts';
import type { conduct } from '$lib/messages/conduct.ts';
import type { paper } from '$lib/messages/paper.ts';
import type { Desk } from './desk.svelte.ts';
import type { Move } from './move.svelte.ts';
import { Verdict } from './verdict.svelte.ts';

export type Primary = {
  readonly label: string;
  readonly command: Command;
  /** What opens first: a question, or a form of its own. */
  readonly ask?: 'close' | 'paper';
  /** Sent one after the other, each when the one before was answered. */
  readonly all?: readonly Command[];
  /** What the form still lacks, in words. */
  readonly lacks?: string | null;
};

type Given = {
  readonly desk: Desk;
  readonly move: Move;
  readonly present: readonly ParticipantId[];
  readonly verdict: Verdict | undefined;
  readonly words: ReturnType<typeof conduct>;
  readonly more: ReturnType<typeof paper>;
};

export function primaryOf(given: Given): Primary | undefined {
  const { desk, move, words, more } = given;
  const { step, current, round, toStart } = move;
  switch (step.kind) {
    case 'openMeeting':
      return {
        label: words.openMeeting,
        command: { type: 'openMeeting', present: given.present },
      };
    case 'resume':
      return { label: words.reopenMeeting, command: { type: 'resume' } };
    case 'startItem':
      return (
        toStart && {
          label: current && !desk.elsewhere ? words.nextItem : words.startItem,
          command: { type: 'startItem', itemId: toStart.id },
        }
      );
    case 'openAll': {
      const all = step.itemIds.map((itemId) => move.openBallot(itemId));
      return all[0] && { label: more.openAll, command: all[0], all };
    }
    case 'closeMeeting':
      return { label: words.closeMeeting, command: { type: 'closeMeeting' }, ask: 'close' };
    case 'done':
      return undefined;
    default:
      return current && onItem(given, current.id, round?.id);
  }
}

type Id = NonNullable<Move['current']>['id'];
type Round = NonNullable<Move['round']>['id'];

function onItem(given: Given, itemId: Id, roundId: Round | undefined): Primary | undefined {
  const { desk, move, words, more } = given;
  switch (move.step.kind) {
    case 'awaitQuorum':
      return desk.view.mode === 'consensus' || move.current?.state === 'revealed'
        ? { label: words.decideItem, command: verdictOf(given).command }
        : { label: words.openBallot, command: move.openBallot(itemId) };
    case 'openBallot':
      return { label: words.openBallot, command: move.openBallot(itemId) };
    case 'awaitBallots':
    case 'closeBallot':
      return (
        roundId && { label: words.closeBallot, command: { type: 'closeBallot', itemId, roundId } }
      );
    case 'revealBallot':
      return (
        roundId && { label: words.revealBallot, command: { type: 'revealBallot', itemId, roundId } }
      );
    case 'confirmPaper': {
      const waiting = move.round?.paper.find(({ confirmed }) => !confirmed);
      if (!roundId || !waiting) return undefined;
      const { participantId } = waiting;
      return {
        label: more.check(desk.name(participantId)),
        command: { type: 'confirmPaperBallot', itemId, roundId, participantId, choices: [] },
        ask: 'paper',
      };
    }
    case 'breakTie': {
      const command = move.breakTie(itemId);
      const { optionId, reason } = move.tie;
      const lacks =
        optionId === '' ? more.tieChoose : reason.trim() ? null : words.writeReasonFirst;
      return command && { label: more.tieButton, command, lacks };
    }
    case 'sumUp': {
      const { missing } = move;
      const lacks = missing.length > 0 ? words.chooseRating(missing.map(({ name }) => name)) : null;
      return { label: more.propose, command: move.sumUp(itemId), lacks };
    }
    case 'decideItem':
      return { label: words.decideItem, command: verdictOf(given).command };
    default:
      return undefined;
  }
}

function verdictOf({ desk, move, verdict }: Given): Verdict {
  if (verdict) return verdict;
  const { current } = move;
  if (!current) throw new Error('a decision needs an item');
  return new Verdict(desk, current);
}
