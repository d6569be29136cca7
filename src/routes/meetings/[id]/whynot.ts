/** Why a button of the console cannot be used now, in words; null when it can. */
import type { Command } from '#domain/command.ts';
import type { conduct } from '$lib/messages/conduct.ts';
import type { refusal } from '$lib/messages/refusal.ts';
import type { Desk } from './desk.svelte.ts';
import type { Verdict } from './verdict.svelte.ts';

export type Sentences = {
  readonly conduct: Pick<ReturnType<typeof conduct>, 'offline'>;
  readonly refusal: ReturnType<typeof refusal>;
};

export function whyNot(desk: Desk, command: Command, said: Sentences): string | null {
  if (desk.meeting.connection !== 'connected') return said.conduct.offline;
  const code = desk.obstacle(
    command.type,
    'itemId' in command ? command.itemId : undefined,
    'participantId' in command ? command.participantId : undefined,
  );
  return code && said.refusal[code];
}

/** What the form of a decision still lacks. */
export function whyNotDecide(
  verdict: Verdict,
  said: { readonly conduct: ReturnType<typeof conduct>; readonly refusal: Sentences['refusal'] },
): string | null {
  const { missing, obstacle, unexplained } = verdict;
  if (missing.length > 0) return said.conduct.chooseRating(missing.map(({ name }) => name));
  if (obstacle === 'reason-required' && unexplained)
    return said.conduct.writeReasonFor(unexplained.name);
  return obstacle === 'reason-required'
    ? said.conduct.writeReason
    : obstacle && said.refusal[obstacle];
}
