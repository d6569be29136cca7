/**
 * [Y10] to [Y18] and [Y24]: each attack is refused by the rule that is there for it, and comes through where
 * that one rule is missing.
 */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import { policies, removables, type Policy } from '../../server/sync/content.ts';
import { readEdit } from '../../server/sync/edit.ts';
import { defaultLimits } from '../../server/sync/limits.ts';
import { seedOpinions } from '../../server/sync/opinions.ts';
import { judge, makeCase, rules, type RuleId } from '../../server/sync/rules.ts';
import * as forge from './forge.ts';
import { headings, person } from './world.ts';

const SERVER = 1;
const ANNA = 10;
const ANNAS_OTHER = 11;
const BEN = 20;
const CHO = 30;
const anything: Policy = () => true;

/**
 * The ground of every attack: results has the bullet 1:0 and, by Anna, the bullet 10:0 with the
 * text node 10:1 and the letters 10:2 to 10:6; policy has the bullet 1:1 and, by Ben, the bullet
 * 20:0 with the text 20:1 and the letters 20:2 to 20:4, of which 20:3 is deleted.
 * A bullet by Cho is gone with its text, 30:0 to 30:5.
 */
function makeGround() {
  const doc = new Y.Doc();
  doc.clientID = SERVER;
  seedOpinions(doc, headings);
  Y.applyUpdate(doc, typedBy(ANNA, 'results', 'こんにちは'));
  Y.applyUpdate(doc, typedBy(BEN, 'policy', 'さよなら'.slice(0, 3)));
  Y.applyUpdate(doc, forge.forge([], [{ client: BEN, clock: 3, length: 1 }]));
  Y.applyUpdate(doc, typedBy(CHO, 'policy', 'もうない'));
  Y.applyUpdate(doc, forge.forge([], [{ client: CHO, clock: 0, length: 1 }]));
  const owners = new Map<number, AccountId | null>([
    [SERVER, null],
    [ANNA, person('anna')],
    [ANNAS_OTHER, person('anna')],
    [BEN, person('ben')],
    [CHO, person('cho')],
  ]);
  const roots = new Set<string>(headings);
  return {
    doc,
    owner: (client: number) => owners.get(client),
    root: (name: string) =>
      roots.has(name) ? (doc.share.get(name) as Y.AbstractType<unknown>) : undefined,
  };
}

function typedBy(client: number, heading: string, words: string): Uint8Array {
  return forge.forge([
    {
      client,
      clock: 0,
      structs: [
        forge.type({ parent: heading }, 3, 'bullet'),
        forge.type({ parent: { client, clock: 0 } }, 6),
        forge.text({ parent: { client, clock: 1 } }, words),
      ],
    },
  ]);
}

const NEXT = 7; // the next clock of Anna
const own = (clock: number) => ({ client: ANNA, clock });
const bens = (clock: number) => ({ client: BEN, clock });
const next = (...structs: forge.Forged[]) => forge.forge([{ client: ANNA, clock: NEXT, structs }]);

type Attack = {
  readonly rule: RuleId;
  readonly update: Uint8Array;
  /** What was there before. */
  readonly before?: Uint8Array;
  readonly policy?: Policy;
  readonly limits?: Partial<typeof defaultLimits>;
};

const attacks: Record<string, Attack> = {
  'more structs than anybody types': {
    rule: 'Y10',
    update: next(
      ...Array.from({ length: 6 }, (_, n) => forge.text({ left: own(NEXT + n - 1) }, 'x')),
    ),
    limits: { structsPerFrame: 5 },
  },
  'more deletions than the document has': {
    rule: 'Y10',
    update: forge.forge(
      [],
      Array.from({ length: 8 }, () => ({ client: BEN, clock: 2, length: 1 })),
    ),
    limits: { structsPerFrame: 5 },
  },
  'a struct of no length': { rule: 'Y10', update: next(forge.text({ left: own(6) }, '')) },
  'a deletion of no length': {
    rule: 'Y10',
    update: forge.forge([], [{ client: BEN, clock: 2, length: 0 }]),
  },
  'a struct that moves the clock by a billion': { rule: 'Y10', update: next(forge.gone(1e9)) },
  'a word under the clientID of somebody else': {
    rule: 'Y11',
    update: forge.forge([
      { client: BEN, clock: 5, structs: [forge.text({ left: bens(4) }, '嘘')] },
    ]),
  },
  'a range that is known, under the clientID of somebody else': {
    rule: 'Y11',
    update: forge.forge([
      { client: BEN, clock: 2, structs: [forge.text({ left: bens(1) }, '嘘')] },
    ]),
  },
  'a word under a clientID nobody has': {
    rule: 'Y11',
    update: forge.forge([{ client: 99, clock: 0, structs: [forge.text({ left: own(6) }, 'x')] }]),
  },
  'a word under the clientID of the server': {
    rule: 'Y11',
    update: forge.forge([
      { client: SERVER, clock: 2, structs: [forge.text({ left: own(6) }, 'x')] },
    ]),
  },
  'a place kept free for later': { rule: 'Y12', update: next(forge.skip(3)) },
  'a word whose predecessor is missing': {
    rule: 'Y13',
    update: forge.forge([
      { client: ANNA, clock: NEXT + 1, structs: [forge.text({ left: own(6) }, 'x')] },
    ]),
  },
  'a deletion of what does not exist': {
    rule: 'Y13',
    update: forge.forge([], [{ client: BEN, clock: 4, length: 2 }]),
  },
  'a neighbour that does not exist': {
    rule: 'Y14',
    update: next(forge.text({ left: bens(9) }, 'x')),
  },
  'a neighbour of an unknown client': {
    rule: 'Y14',
    update: next(forge.text({ left: { client: 77, clock: 0 } }, 'x')),
  },
  'a word that is its own neighbour': {
    rule: 'Y14',
    update: next(forge.text({ left: own(NEXT) }, 'x')),
  },
  'a parent that comes later': {
    rule: 'Y14',
    update: next(forge.text({ parent: own(NEXT + 1) }, 'x'), forge.type({ parent: own(0) }, 6)),
  },
  'two words that wait for each other': {
    rule: 'Y14',
    update: forge.forge([
      {
        client: ANNA,
        clock: NEXT,
        structs: [forge.text({ left: { client: ANNAS_OTHER, clock: 0 } }, 'x')],
      },
      { client: ANNAS_OTHER, clock: 0, structs: [forge.text({ left: own(NEXT) }, 'x')] },
    ]),
  },
  'an item between two texts, which makes the second vanish at the next load': {
    rule: 'Y15',
    update: next(forge.text({ left: own(6), right: bens(2) }, 'x')),
  },
  'an item between a text that is gone and one that is not': {
    rule: 'Y15',
    update: next(forge.text({ left: { client: CHO, clock: 2 }, right: bens(2) }, 'x')),
  },
  'an attribute between two keys': {
    rule: 'Y15',
    policy: anything,
    update: next(
      forge.values({ parent: own(0), key: 'tag' }, ['課題']),
      forge.values({ parent: own(0), key: 'mark' }, ['x']),
      forge.values({ left: own(NEXT), right: own(NEXT + 1) }, ['y']),
    ),
  },
  'a root nobody made': {
    rule: 'Y16',
    update: next(forge.type({ parent: 'secret' }, 3, 'bullet')),
  },
  'an element nobody knows': {
    rule: 'Y16',
    update: next(forge.type({ parent: 'results' }, 3, 'script')),
  },
  'a bullet inside a bullet': {
    rule: 'Y16',
    update: next(forge.type({ parent: own(0) }, 3, 'bullet')),
  },
  'text beside the bullets': { rule: 'Y16', update: next(forge.text({ parent: 'results' }, 'x')) },
  'a hook': { rule: 'Y16', update: next(forge.type({ parent: 'results' }, 5, 'bullet')) },
  'a map': { rule: 'Y16', update: next(forge.type({ parent: own(0) }, 1)) },
  'a document inside the document': {
    rule: 'Y16',
    update: next(forge.subdocument({ left: own(6) })),
  },
  'bytes in a text': { rule: 'Y16', update: next(forge.binary({ left: own(6) })) },
  'an embed in a text': { rule: 'Y16', update: next(forge.embed({ left: own(6) })) },
  'a mark in a text': { rule: 'Y16', update: next(forge.format({ left: own(6) })) },
  'an attribute on a text': {
    rule: 'Y16',
    update: next(forge.values({ parent: own(1), key: 'tag' }, ['x'])),
  },
  'an attribute that is no string': {
    rule: 'Y16',
    update: next(forge.values({ parent: own(0), key: 'tag' }, [{ toString: 1 }])),
  },
  'an attribute that is long': {
    rule: 'Y16',
    update: next(forge.values({ parent: own(0), key: 'tag' }, ['x'.repeat(201)])),
  },
  'an attribute with a strange name': {
    rule: 'Y16',
    update: next(forge.values({ parent: own(0), key: '__proto__' }, ['x'])),
  },
  'types nested without end': {
    rule: 'Y17',
    policy: anything,
    update: next(
      forge.type({ parent: own(0) }, 0),
      ...Array.from({ length: 40 }, (_, n) => forge.type({ parent: own(NEXT + n) }, 0)),
    ),
  },
  'a word between the two halves of a character': {
    rule: 'Y24',
    update: forge.forge([
      {
        client: ANNA,
        clock: NEXT,
        structs: [forge.text({ left: own(6) }, '👍'), forge.text({ left: own(NEXT) }, 'x')],
      },
    ]),
  },
  'a word before the second half of a character': {
    rule: 'Y24',
    update: forge.forge([
      { client: ANNA, clock: NEXT + 2, structs: [forge.text({ right: own(NEXT + 1) }, 'x')] },
    ]),
    before: next(forge.text({ left: own(6) }, '👍')),
  },
  'a deletion of half a character': {
    rule: 'Y24',
    update: forge.forge([], [{ ...own(NEXT + 1), length: 1 }]),
    before: next(forge.text({ left: own(6) }, '👍')),
  },
  'a document that grows without end': {
    rule: 'Y18',
    update: next(forge.text({ left: own(6) }, 'x'.repeat(500))),
    limits: { documentBytes: 400 },
  },
};

function judgeAttack({ before, update, policy, limits }: Attack, without?: RuleId) {
  const ground = makeGround();
  if (before) Y.applyUpdate(ground.doc, before);
  const the = makeCase(readEdit(update), ground, {
    author: person('anna'),
    policy: policy ?? policies.opinions,
    removable: removables.opinions,
    limits: { ...defaultLimits, ...limits },
    size: () => Y.encodeStateAsUpdate(ground.doc).byteLength + update.byteLength,
  });
  return judge(
    the,
    Object.entries(rules).filter(([id]) => id !== without),
  );
}

test.each(Object.entries(attacks))('%s is refused', (_, attack) => {
  expect(judgeAttack(attack)?.rule).toBe(attack.rule);
});

test.each(Object.entries(attacks))('%s would come through without its rule', (_, attack) => {
  expect(judgeAttack(attack, attack.rule)).toBeUndefined();
});

test('every rule has an attack', () => {
  const tried = new Set(Object.values(attacks).map(({ rule }) => rule));
  expect([...tried].toSorted()).toEqual(Object.keys(rules));
});

const honest: Record<string, Uint8Array> = {
  'a word at the end': next(forge.text({ left: own(6) }, 'ね')),
  'a word in somebody else’s text': next(forge.text({ left: bens(2), right: bens(3) }, 'ね')),
  'a new bullet with text and tag': next(
    forge.type({ left: own(0) }, 3, 'bullet'),
    forge.type({ parent: own(NEXT) }, 6),
    forge.text({ parent: own(NEXT + 1) }, '課題がある'),
    forge.values({ parent: own(NEXT), key: 'tag' }, ['課題']),
  ),
  'a word that is known already': forge.forge([
    { client: ANNA, clock: 2, structs: [forge.text({ parent: own(1) }, 'こんにちは')] },
  ]),
  'a word of which a part is known': forge.forge([
    { client: ANNA, clock: 2, structs: [forge.text({ parent: own(1) }, 'こんにちは！')] },
  ]),
  'a deletion of other people’s words': forge.forge([], [{ client: BEN, clock: 2, length: 3 }]),
  'what was typed and deleted before it could be sent': next(
    forge.deleted({ left: own(6) }, 5),
    forge.gone(3),
  ),
  'two clientIDs of one person, one building on the other': forge.forge([
    {
      client: ANNA,
      clock: NEXT,
      structs: [forge.text({ left: { client: ANNAS_OTHER, clock: 0 } }, 'x')],
    },
    { client: ANNAS_OTHER, clock: 0, structs: [forge.text({ left: own(6) }, 'y')] },
  ]),
};

test.each(Object.entries(honest))('%s is taken', (_, update) => {
  expect(judgeAttack({ rule: 'Y10', update })).toBeUndefined();
  const { doc } = makeGround();
  Y.applyUpdate(doc, update);
  expect(doc.store.pendingStructs).toBeNull();
});
