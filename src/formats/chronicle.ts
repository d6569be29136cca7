/**
 * 記録 as lines a page can put into words: who, when, what about whom, with the names of that moment.
 * It reads events only, which hold no ballot before it is shown ([B5], [B11]).
 */
import type { EventBody, MeetingEvent } from '#domain/event.ts';
import type { Criterion, Rating } from '#domain/meeting.ts';
import type { Instant, ItemId, ParticipantId, RoundId } from '#domain/types.ts';

export type EventKind = EventBody['kind'];

/** What is not known or does not belong to an event is empty, or 0. */
export type ChronicleLine = {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: string;
  readonly kind: EventKind;
  readonly item: string;
  readonly itemId: ItemId | null;
  /** Whom it is about, where that is not the actor. */
  readonly person: string;
  /** How many: people present, turnout, items, minutes. */
  readonly count: number;
  /** Which round of voting. */
  readonly round: number;
  /** A reason, a rating, a question: as it stands in the record. */
  readonly text: string;
};

/** The lines of a record in its order. */
export function chronicleOf(events: readonly MeetingEvent[]): readonly ChronicleLine[] {
  const names = new Map<string, string>();
  const items = new Map<string, string>();
  const rounds = new Map<RoundId, number>();
  const counts = new Map<ItemId, number>();
  let criteria: readonly Criterion[] = [];
  return events.map(({ seq, at, actor, body }) => {
    // A name that is given by an event is the one its own line uses.
    if (body.kind === 'meetingFounded') names.set(body.founder.id, body.founder.name);
    if ('seat' in body) names.set(body.participantId, body.seat.name);
    if (body.kind === 'itemsImported') {
      for (const { itemId, sheet } of body.items) items.set(itemId, titleOf(sheet));
    }
    if ('sheet' in body) items.set(body.itemId, titleOf(body.sheet));
    if ('criteria' in body && body.kind !== 'ballotOpened') criteria = body.criteria;
    if (body.kind === 'ballotOpened') {
      const number = (counts.get(body.itemId) ?? 0) + 1;
      counts.set(body.itemId, number);
      rounds.set(body.roundId, number);
    }
    const itemId = 'itemId' in body ? body.itemId : null;
    return {
      seq,
      at,
      actor: nameIn(names, actor),
      kind: body.kind,
      item: itemId === null ? '' : (items.get(itemId) ?? ''),
      itemId,
      person: nameIn(names, personOf(body)),
      count: countOf(body),
      round: 'roundId' in body ? (rounds.get(body.roundId) ?? 0) : 0,
      text: textOf(body, criteria),
    };
  });
}

const nameIn = (names: ReadonlyMap<string, string>, id: ParticipantId | null): string =>
  id === null ? '' : (names.get(id) ?? '');

const titleOf = ({ no, name }: { readonly no: string | null; readonly name: string | null }) =>
  [no, name].filter(Boolean).join(' ');

function personOf(body: EventBody): ParticipantId | null {
  if (body.kind === 'recusalDeclared') return body.recusal.participantId;
  if (body.kind === 'meetingFounded') return body.founder.id;
  return 'participantId' in body ? body.participantId : null;
}

function countOf(body: EventBody): number {
  if ('present' in body) return body.present.length;
  if ('turnout' in body) return body.turnout;
  if ('electorate' in body) return body.electorate.length;
  if ('minutes' in body) return body.minutes ?? 0;
  if (body.kind === 'itemsImported') return body.items.length;
  if (body.kind === 'roundZeroRevealed') return body.result.given;
  if (body.kind === 'itemMoved') return body.position + 1;
  return body.kind === 'ballotRevealed' ? body.result.ballots.length : 0;
}

function textOf(body: EventBody, criteria: readonly Criterion[]): string {
  switch (body.kind) {
    case 'meetingFounded':
      return body.details.title;
    case 'itemDecided':
      return [
        labelsOf(body.decision.ratings, criteria),
        ...body.decision.ratings.map(({ reason }) => reason),
        body.decision.reason,
      ]
        .filter(Boolean)
        .join('／');
    case 'summedUp':
      return labelsOf(body.ratings, criteria);
    case 'selfRated':
      return [labelsOf(body.ratings, criteria), body.evidence].filter(Boolean).join('／');
    case 'tieBroken':
      return [labelsOf([body.vote], criteria), body.vote.reason].filter(Boolean).join('／');
    case 'recusalDeclared':
      return body.recusal.reason;
    case 'opinionReplied':
      return body.reply.text;
    case 'minutesApproved':
      // The whole text of the minutes is in the record; its line only says that it was locked.
      return '';
    default:
      if ('reason' in body) return body.reason;
      return 'text' in body ? body.text : '';
  }
}

const labelsOf = (ratings: readonly Rating[], criteria: readonly Criterion[]): string =>
  ratings
    .flatMap(({ criterionId, optionId }) => {
      const criterion = criteria.find(({ id }) => id === criterionId);
      const option = criterion?.options.find(({ id }) => id === optionId);
      return option ? [option.label] : [];
    })
    .join('・');
