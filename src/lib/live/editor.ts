/**
 * The editor of one heading: bullets of plain text, written together. Its schema is that of
 * `protocol/documents.ts` (EDITOR_SCHEMA); this file is loaded only after the sheet can be read.
 */
import { Editor, Node } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { Fragment, Slice } from '@tiptap/pm/model';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { BULLET, TAG } from '#protocol/documents.ts';
import { CaretAwareness } from './caretawareness.ts';

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
    extensions: [
      Doc,
      Text,
      Bullet,
      Collaboration.configure({ fragment }),
      CollaborationCaret.configure({
        provider: { awareness: new CaretAwareness(awareness) },
        // What the server wrote; the extension would put its own empty default in its place.
        user: { ...(awareness.getLocalState()?.['user'] as object | undefined) },
        render: drawCaret,
        selectionRender: () => ({ class: 'remote-selection' }),
      }),
    ],
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

function drawCaret(user: Record<string, unknown>): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'remote-caret';
  // By CSSOM: the content security policy forbids style attributes.
  caret.style.setProperty('--person', String(user['color']));
  const name = document.createElement('span');
  name.className = 'remote-name';
  name.textContent = typeof user['name'] === 'string' ? user['name'] : '';
  caret.append(name);
  return caret;
}
