/**
 * What an edit must keep to before it may touch a document; RULES.md tells why each rule is here.
 * Tests quote the numbers, and show for each that without it the attack comes through.
 */
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import type { NackCode } from '#protocol/sync.ts';
import type { Policy, Removable } from './content.ts';
import type { Edit } from './edit.ts';
import type { Limits } from './limits.ts';
import { Trial, type Ground, type Parent, type Place } from './trial.ts';

export type Case = {
  readonly edit: Edit;
  readonly trial: Trial;
  readonly author: AccountId;
  readonly policy: Policy;
  readonly removable: Removable;
  readonly limits: Limits;
  /** Bytes the document would have with this edit. */
  readonly size: (limit: number) => number;
};

/** The code of the refusal, or undefined when the edit keeps to the rule. */
export type Rule = (the: Case) => NackCode | undefined;

/** In this order: a later rule may rely on every earlier one. */
export const rules = {
  Y10: fewAndWhole,
  Y11: ownClients,
  Y12: noSkips,
  Y13: noGaps,
  Y14: knownNeighbours,
  Y15: samePlace,
  Y16: allowedContent,
  Y17: shallow,
  Y18: withinBudget,
  Y24: wholeCharacters,
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;

/** The first rule that is broken. */
export function judge(
  the: Case,
  kept: readonly (readonly [string, Rule])[],
): { rule: string; code: NackCode } | undefined {
  for (const [rule, check] of kept) {
    const code = check(the);
    if (code) return { rule, code };
  }
  return undefined;
}

export function makeCase(
  edit: Edit,
  ground: Ground,
  rest: Pick<Case, 'author' | 'policy' | 'removable' | 'limits' | 'size'>,
): Case {
  return { edit, trial: new Trial(edit, ground), ...rest };
}

const MAX_CLIENT = 2 ** 32;
/** Nobody types a million characters between two frames; larger numbers only move clocks. */
const MAX_LENGTH = 1_000_000;
const MAX_CLOCK = 2 ** 40;

/** [Y10] Few structs, each of a length and an address that exist. */
function fewAndWhole({ edit, limits, trial }: Case): NackCode | undefined {
  const fits = ({ client, clock, length }: { client: number; clock: number; length: number }) =>
    client < MAX_CLIENT && clock < MAX_CLOCK && length >= 1 && length <= MAX_LENGTH;
  if (edit.structs.length > limits.structsPerFrame) return 'too-large';
  if (edit.deletes.length > limits.structsPerFrame) {
    // A browser that joins repeats every deletion it knows, so those of the document are free.
    if (edit.deletes.length > limits.structsPerFrame + deletedRanges(trial.ground.doc)) {
      return 'too-large';
    }
  }
  if (!edit.structs.every(fits)) return 'structure';
  return edit.deletes.every((range) => fits({ ...range, length: 1 }) && range.length >= 1)
    ? undefined
    : 'structure';
}

function deletedRanges(doc: Y.Doc): number {
  let count = 0;
  for (const ranges of Y.createDeleteSetFromStructStore(doc.store).clients.values()) {
    count += ranges.length;
  }
  return count;
}

/** [Y11] Every clientID in the frame is bound to its author, also where the range is known. */
function ownClients({ trial, author }: Case): NackCode | undefined {
  for (const client of trial.clients) {
    if (trial.ground.owner(client) !== author) return 'foreign-client';
  }
  return undefined;
}

/** [Y12] No placeholder for something that may come later. */
function noSkips({ edit }: Case): NackCode | undefined {
  return edit.structs.some((struct) => struct.kind === 'skip') ? 'structure' : undefined;
}

/** [Y13] The structs of a client follow each other and what is stored; deletions name what exists. */
function noGaps({ edit, trial }: Case): NackCode | undefined {
  const ends = new Map<number, number>();
  for (const client of trial.clients) {
    let end = trial.state(client);
    for (const [index, struct] of trial.structsOf(client).entries()) {
      if (index === 0 && struct.clock > end) return 'gap';
      end = struct.clock + struct.length;
    }
    ends.set(client, end);
  }
  const exists = (client: number) => Math.max(trial.state(client), ends.get(client) ?? 0);
  return edit.deletes.every(({ client, clock, length }) => clock + length <= exists(client))
    ? undefined
    : 'gap';
}

/** [Y14] What an item names as neighbour or parent is there, and strictly earlier. */
function knownNeighbours({ trial }: Case): NackCode | undefined {
  return trial.places ? undefined : 'gap';
}

const same = (one: Place, other: Place) => one.parent === other.parent && one.key === other.key;

/** [Y15] Both neighbours hang in one place, or both are gone with it. */
function samePlace({ trial }: Case): NackCode | undefined {
  for (const item of trial.places?.keys() ?? []) {
    if (!item.left || !item.right || trial.isKnown(item)) continue;
    if (!same(trial.at(item.left), trial.at(item.right))) return 'structure';
  }
  return undefined;
}

/** [Y16] Only what the page itself would write or take out, only where it would. */
function allowedContent({ trial, policy, removable }: Case): NackCode | undefined {
  for (const item of trial.removed()) if (!removable(item)) return 'content';
  for (const [item, { parent, key }] of trial.places ?? []) {
    if (trial.isKnown(item)) continue;
    if (!parent ? !mayVanish(item) : !policy(item, parent, key)) return 'content';
  }
  return undefined;
}

/** An item whose parent is gone is dropped, unless it claims a root the server never made. */
const mayVanish = (item: { parent: unknown }) => typeof item.parent !== 'string';

/** [Y17] Types inside types, but not without end. */
function shallow({ trial, limits }: Case): NackCode | undefined {
  const depths = new Map<Parent, number>();
  const depthOf = (parent: Parent): number => {
    const known = depths.get(parent);
    if (known !== undefined) return known;
    let depth = 0;
    let holder: Parent | undefined = parent;
    while (holder instanceof Y.AbstractType && holder._item) {
      depth++;
      holder = holder._item.parent as Y.AbstractType<unknown>;
    }
    return depth;
  };
  // Holders come before what they hold, so one step up is enough.
  for (const [item, { parent }] of trial.places ?? []) {
    if (!parent) continue;
    const depth = depthOf(parent) + 1;
    if (depth > limits.nesting) return 'structure';
    if (item.content.kind === 'type') depths.set(item, depth);
  }
  return undefined;
}

/** [Y18] A document stays small enough to be sent to a telephone. */
function withinBudget({ size, limits }: Case): NackCode | undefined {
  return size(limits.documentBytes) > limits.documentBytes ? 'document-full' : undefined;
}

/**
 * [Y24] No character is cut in two. Yjs replaces both halves by U+FFFD where it has to cut, and a
 * page that never had to would show the character still.
 */
function wholeCharacters({ edit, trial }: Case): NackCode | undefined {
  const cuts = (client: number, clock: number) => trial.cutsCharacter({ client, clock });
  for (const item of trial.places?.keys() ?? []) {
    const { left, right } = item;
    if (trial.isKnown(item)) continue;
    if ((left && cuts(left.client, left.clock + 1)) || (right && cuts(right.client, right.clock))) {
      return 'structure';
    }
  }
  const isCut = edit.deletes.some(
    ({ client, clock, length }) => cuts(client, clock) || cuts(client, clock + length),
  );
  return isCut ? 'structure' : undefined;
}
