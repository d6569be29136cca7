/**
 * The carets of others in the editor of one heading, and where the own one is told to them. Hears of
 * others only: drawing puts the selection back to where the editor knew it to be, so that its own
 * caret's event would undo the next key of somebody who selects quickly.
 */
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { personColor } from '$lib/people.ts';
import type { BulletSync } from './bulletsync.ts';

const carets = new PluginKey<DecorationSet>('carets');
type Changed = Record<'added' | 'updated' | 'removed', readonly number[]>;

export function caretPlugin(sync: BulletSync, awareness: Awareness): Plugin<DecorationSet> {
  const own = awareness.clientID;
  let isDue = false;

  const drawSoon = (view: EditorView) => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      // A caret inside of a word that is being composed would break it.
      if (view.isDestroyed || sync.isHeld || view.composing) return;
      sync.readSelection();
      const { state } = view;
      const drawn = decorations(state, sync, awareness);
      const before = carets.getState(state);
      if (drawn.find().length === 0 && before?.find().length === 0) return;
      view.dispatch(state.tr.setMeta(carets, drawn));
    });
  };

  return new Plugin<DecorationSet>({
    key: carets,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, before) =>
        (tr.getMeta(carets) as DecorationSet | undefined) ?? before.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => carets.getState(state) },
    view: (view) => {
      let told = false;
      const tell = () => {
        if (sync.isHeld || view.composing) return;
        const cursor = view.hasFocus() ? sync.points : null;
        if (cursor === null && !told) return;
        const before: unknown = awareness.getLocalState()?.['cursor'];
        if (JSON.stringify(before) === JSON.stringify(cursor)) return;
        told = cursor !== null;
        awareness.setLocalStateField('cursor', cursor);
      };
      // The browser tells of a lost focus in the middle of taking the editor off the page, where nobody
      // may change what the page shows.
      const tellSoon = () => queueMicrotask(() => !view.isDestroyed && tell());
      const heard = ({ added, updated, removed }: Changed) => {
        if ([...added, ...updated, ...removed].some((id) => id !== own)) drawSoon(view);
      };
      sync.onsettled = () => {
        drawSoon(view);
        tell();
      };
      awareness.on('change', heard);
      view.dom.addEventListener('focusin', tellSoon);
      view.dom.addEventListener('focusout', tellSoon);
      drawSoon(view);
      return {
        update: tellSoon,
        destroy: () => {
          awareness.off('change', heard);
          view.dom.removeEventListener('focusin', tellSoon);
          view.dom.removeEventListener('focusout', tellSoon);
          sync.onsettled = () => undefined;
          if (told) queueMicrotask(() => awareness.setLocalStateField('cursor', null));
        },
      };
    },
  });
}

function decorations({ doc }: EditorState, sync: BulletSync, awareness: Awareness): DecorationSet {
  const found: Decoration[] = [];
  for (const [client, state] of awareness.getStates()) {
    const cursor: unknown = state['cursor'];
    const user: unknown = state['user'];
    if (client === awareness.clientID || !isCursor(cursor)) continue;
    const [anchor, head] = [placeOf(sync, cursor.anchor), placeOf(sync, cursor.head)];
    if (anchor === null || head === null) continue;
    const person = typeof user === 'object' && user ? (user as Record<string, unknown>) : {};
    // Drawn anew when its person has moved, and then only: so their name comes back for a while. Whoever
    // writes on at the end of a bullet stays where they are, as they see it; its length tells of that.
    const end = doc.resolve(head).parent.content.size;
    const key = [client, person['name'], person['color'], JSON.stringify(cursor.head), end].join();
    found.push(Decoration.widget(head, () => drawCaret(person), { key, side: 10 }));
    if (anchor !== head) {
      const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
      found.push(
        Decoration.inline(from, to, { class: 'remote-selection' }, { inclusiveEnd: true }),
      );
    }
  }
  return DecorationSet.create(doc, found);
}

const isCursor = (value: unknown): value is { anchor: unknown; head: unknown } =>
  typeof value === 'object' && value !== null && 'anchor' in value && 'head' in value;

/** What others tell of themselves is not to be trusted to have a shape. */
function placeOf(sync: BulletSync, point: unknown): number | null {
  try {
    return sync.resolve(Y.createRelativePositionFromJSON(point));
  } catch {
    return null;
  }
}

function drawCaret(user: Record<string, unknown>): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'remote-caret';
  // By CSSOM: the content security policy forbids style attributes. The server numbers the colours.
  const color = typeof user['color'] === 'number' ? user['color'] : 0;
  caret.style.setProperty('--person', personColor(color));
  const name = document.createElement('span');
  name.className = 'remote-name';
  name.textContent = typeof user['name'] === 'string' ? user['name'] : '';
  caret.append(name);
  return caret;
}
