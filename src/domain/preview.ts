/**
 * 事前評価: who keeps drafts of opinions, who may read the KPIからみた目安, and who has answered
 * ([P12], [P13], [M15]). Decides by role, phase and state; what was answered is never asked here.
 */
import type { Item, Meeting } from './meeting.ts';
import { isRecused, rights } from './permission.ts';
import { onCouncil } from './quorum.ts';
import type { ItemId, ItemState, ParticipantId, Phase, Role } from './types.ts';

type Person = { readonly id: ParticipantId; readonly role: Role };
type Place = { readonly phase: Phase };
type ItemNow = {
  readonly state: ItemState;
  readonly recused: Item['recused'];
  readonly rounds: readonly { readonly status: 'open' | 'closed' | 'revealed' }[];
};

/** [P12] Drafts are kept by the council while an item is not decided; who stands aside has none. */
export const keepsDrafts = (
  { phase }: Place,
  person: Person,
  item: Pick<ItemNow, 'state' | 'recused'>,
): boolean =>
  rights.ratePrivately.phases.includes(phase) &&
  onCouncil(person) &&
  item.state !== 'decided' &&
  !isRecused(item, person.id);

/**
 * [P13] The 目安 would anchor whoever has not judged yet: before a reveal it is shown only to those of
 * the council whose own rating of the item, in private or by ballot, is stored; afterwards to all
 * who take part. Whoever stands aside waits for the decision, and observers never read it.
 */
export function readsGuide(
  { phase, guide }: Pick<Meeting, 'phase' | 'guide'>,
  person: Person,
  item: ItemNow,
  hasRated: boolean,
): boolean {
  if (guide === 'off' || person.role === 'observer' || phase === 'draft') return false;
  if (item.state === 'decided') return true;
  if (isRecused(item, person.id)) return false;
  return item.rounds.some(({ status }) => status === 'revealed') || (onCouncil(person) && hasRated);
}

/** How one person stands with one item; what was answered is not known here. */
export type Answered = 'rated' | 'open' | 'recused';
export type AnswerRow<Who extends Person = Person> = {
  readonly person: Who;
  /** In the order of the items. */
  readonly answers: readonly Answered[];
  readonly left: number;
};

/** [M15] Person by item: who has answered, who is still awaited, who stands aside. */
export function answersOf<Who extends Person>(
  meeting: {
    readonly participants: readonly Who[];
    readonly items: readonly Pick<Item, 'id' | 'recused'>[];
  },
  rated: readonly { readonly itemId: ItemId; readonly participantId: ParticipantId }[],
): readonly AnswerRow<Who>[] {
  const known = new Set(rated.map(({ itemId, participantId }) => `${itemId}/${participantId}`));
  return meeting.participants.filter(onCouncil).map((person) => {
    const answers = meeting.items.map((item): Answered => {
      if (isRecused(item, person.id)) return 'recused';
      return known.has(`${item.id}/${person.id}`) ? 'rated' : 'open';
    });
    return { person, answers, left: answers.filter((answer) => answer === 'open').length };
  });
}
