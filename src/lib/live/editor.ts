/**
 * The editor of one heading: bullets of plain text, written together. Its schema is that of
 * `protocol/documents.ts` (EDITOR_SCHEMA); this file is loaded only after the sheet can be read.
 */
import { Editor, Extension, Node } from '@tiptap/core';
import { Fragment, Slice } from '@tiptap/pm/model';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { BULLET, TAG } from '#protocol/documents.ts';
import { undoOf } from './bullets.ts';
import { BulletSync, type Points } from './bulletsync.ts';
import { caretPlugin } from './carets.ts';

const Doc = Node.create({ name: 'doc', topNode: true, content: `${BULLET}+` });
const Text = Node.create({ name: 'text', group: 'inline' });
const Bullet = Node.create({
  name: BULLET,
  content: 'text*',
  marks: '',
  // An editor that did not know it would take the tag of every bullet it touches away.
  addAttributes: () => ({
    [TAG]: {
      default: null,
      keepOnSplit: false,
      parseHTML: () => null,
      renderHTML: (attributes) =>
        typeof attributes[TAG] === 'string' ? { 'data-tag': attributes[TAG] } : {},
    },
  }),
  parseHTML: () => [{ tag: 'p' }, { tag: 'li' }, { tag: 'div' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
});

export type EditorOptions = {
  readonly element: HTMLElement;
  readonly fragment: Y.XmlFragment;
  readonly awareness: Awareness;
  readonly editable: boolean;
  /** What a screen reader says of it. */
  readonly attributes: Readonly<Record<string, string>>;
};

export function mountEditor(options: EditorOptions): Editor {
  const { element, fragment, awareness, editable, attributes } = options;
  return new Editor({
    element,
    editable,
    injectCSS: false,
    extensions: [Doc, Text, Bullet, together(fragment, awareness)],
    editorProps: {
      attributes: { ...attributes },
      clipboardTextParser: (text, _context, _plain, view) => {
        const bullet = view.state.schema.nodes[BULLET];
        if (!bullet) return Slice.empty;
        const lines = linesOf(text).map((line) =>
          bullet.create(null, line === '' ? null : view.state.schema.text(line)),
        );
        // Open at both ends: one pasted line joins the one the caret stands in.
        return new Slice(Fragment.from(lines), 1, 1);
      },
    },
  });
}

/** One bullet per line, without the signs that offices put in front of theirs. */
function linesOf(text: string): string[] {
  const lines = text
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/^\s*[・･•●]\s*/, '').trimEnd())
    .filter((line) => line !== '');
  return lines.length > 0 ? lines : [''];
}

/** Writing together: the fragment, the carets of others, undo of the own changes, the order by keys. */
function together(fragment: Y.XmlFragment, awareness: Awareness): Extension {
  const sync = new BulletSync(fragment);
  const undo = undoOf(fragment);
  type Popped = Parameters<Parameters<typeof undo.on<'stack-item-popped'>>[1]>[0];
  const added = ({ stackItem }: Popped) => {
    if (!stackItem.meta.has(sync)) stackItem.meta.set(sync, sync.points);
  };
  const popped = ({ stackItem }: Popped) => {
    const points = stackItem.meta.get(sync) as Points | null | undefined;
    if (points) sync.select(points);
  };
  // The keys stay with the editor even where there is nothing to take back.
  const back = () => (undo.undo(), true);
  const forth = () => (undo.redo(), true);
  return Extension.create({
    name: 'together',
    addKeyboardShortcuts: () => ({
      'Mod-z': back,
      'Mod-y': forth,
      'Shift-Mod-z': forth,
      'Alt-ArrowUp': () => sync.move(-1),
      'Alt-ArrowDown': () => sync.move(1),
    }),
    addProseMirrorPlugins: () => [sync.plugin(), caretPlugin(sync, awareness)],
    onCreate() {
      undo.on('stack-item-added', added);
      undo.on('stack-item-popped', popped);
    },
    onDestroy() {
      undo.off('stack-item-added', added);
      undo.off('stack-item-popped', popped);
    },
  });
}
