/** What the editor hears of carets: those of others, and never its own. */
import { describe, expect, it } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { CaretAwareness } from '../../src/lib/live/caretawareness.ts';

describe('the carets an editor draws', () => {
  it("is silent about its own caret and tells of another's", () => {
    const mine = new Awareness(new Y.Doc());
    const theirs = new Awareness(new Y.Doc());
    const heard: string[] = [];
    const caret = new CaretAwareness(mine);
    const listener = ({ updated, added }: { updated: number[]; added: number[] }) =>
      heard.push([...added, ...updated].map((id) => (id === mine.clientID ? 'me' : 'other')).join());
    caret.on('change', listener);

    caret.setLocalStateField('cursor', { anchor: 1, head: 1 });
    caret.setLocalStateField('cursor', { anchor: 1, head: 2 });
    expect(heard).toEqual([]);

    theirs.setLocalState({ cursor: { anchor: 3, head: 3 } });
    applyAwarenessUpdate(mine, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'test');
    expect(heard).toEqual(['other']);

    caret.off('change', listener);
    theirs.setLocalState({ cursor: { anchor: 4, head: 4 } });
    applyAwarenessUpdate(mine, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'test');
    expect(heard).toEqual(['other']);
    for (const each of [mine, theirs]) each.destroy();
  });
});
