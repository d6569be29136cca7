/** 書面開催の期限: what becomes of the ballots that are open when it has passed ([B18]). */
import { closing } from './decideballot.ts';
import type { Item, Meeting, Round } from './meeting.ts';
import { withSecrets, type Context, type Happened } from './outcome.ts';
import type { Instant } from './types.ts';

type Due = { readonly item: Item; readonly round: Round };

const waitsForPaper = ({ paper }: Round): boolean => paper.some(({ confirmed }) => !confirmed);

/** The rounds the deadline ends now; one that was opened after it is closed by whoever conducts. */
function dueRounds(meeting: Meeting, now: Instant): readonly Due[] {
  const { gathering, deadline, phase, items } = meeting;
  if (gathering !== 'circulated' || deadline === null || phase !== 'open') return [];
  if (now < deadline) return [];
  return items.flatMap((item) => {
    const round = item.rounds.at(-1);
    if (round?.status !== 'open' || round.openedAt >= deadline) return [];
    // [B14] Paper that only one person has read is neither counted nor dropped.
    return round.castingEnded && waitsForPaper(round) ? [] : [{ item, round }];
  });
}

export const isPastDeadline = (meeting: Meeting, now: Instant): boolean =>
  dueRounds(meeting, now).length > 0;

/** Nobody's command: the events have no actor. */
export function decideDeadline(
  meeting: Meeting,
  { now, ballots }: Pick<Context, 'now' | 'ballots'>,
): Happened {
  const outcomes = dueRounds(meeting, now).map(({ item, round }) =>
    waitsForPaper(round)
      ? withSecrets([{ kind: 'castingEnded', itemId: item.id, roundId: round.id }])
      : closing(item, round, ballots),
  );
  return {
    ok: true,
    events: outcomes.flatMap(({ events }) => events),
    secrets: outcomes.flatMap(({ secrets }) => secrets),
  };
}
