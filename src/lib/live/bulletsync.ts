/**
 * Keeps the editor of one heading and its Yjs fragment equal: what is typed goes into the fragment as
 * the smallest edit, what others do is drawn as the smallest change, in the order of the board. While a
 * Japanese word is being composed its bullet is not touched; the word goes in when it is finished.
 */
import { Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import { changesOf } from './bulletdraw.ts';
import { bulletsOf, BY_HAND, moveBullet, placeIn, type Bullet } from './bullets.ts';
import { applyLines, children, positionOf, startsOf, type Pair } from './bulletlines.ts';
import { Units } from './units.ts';

/** Set on what comes from the document. */
export const fromDocument = new PluginKey('bulletsync');

/** The browser tells the editor of the last letters of a word a moment after its end (ms). */
const AFTER_WORD = 50;

export type Points = { readonly anchor: Y.RelativePosition; readonly head: Y.RelativePosition };

export class BulletSync {
  readonly fragment: Y.XmlFragment;
  readonly #doc: Y.Doc;
  #view: EditorView | undefined;
  #shown: readonly Pair[] = [];
  /** Where the own caret is, in the document. */
  points: Points | null = null;
  #isWriting = false;
  #isDrawing = false;
  /** From the beginning of a composed word until it is in the document. */
  isHeld = false;
  /** Bullets in which a word is being composed, or whose word is not yet in the document. */
  readonly #pins = new Map<string, Units>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Called whenever editor and document are equal again. */
  onsettled: () => void = () => undefined;

  constructor(fragment: Y.XmlFragment) {
    this.fragment = fragment;
    if (!fragment.doc) throw new Error('a fragment outside of a document');
    this.#doc = fragment.doc;
  }

  plugin(): Plugin {
    return new Plugin({
      key: fromDocument,
      view: (view) => {
        this.#view = view;
        this.fragment.observeDeep(this.#changed);
        this.#shown = children(view.state.doc).map((node) => ({ bullet: undefined, node }));
        this.#draw();
        return {
          update: () => this.#updated(),
          destroy: () => {
            clearTimeout(this.#timer);
            if (this.isHeld) this.#write();
            this.fragment.unobserveDeep(this.#changed);
            this.#view = undefined;
          },
        };
      },
      props: {
        handleDOMEvents: {
          // The browser tells of a moved caret after the key that moved it: a key that comes at once
          // would still work where the caret was.
          keydown: () => void this.readSelection(),
          compositionstart: () => void this.#pin(),
          compositionend: () => void this.#settleSoon(),
          blur: () => void this.#settleSoon(),
        },
      },
    });
  }

  /** Moves the bullet in which the caret stands by one. */
  move(by: 1 | -1): boolean {
    const view = this.#view;
    if (!view || this.isHeld || !view.editable) return false;
    const at = view.state.selection.$head.index(0);
    const { bullet } = this.#shown[at] ?? {};
    const behind = this.#shown[by < 0 ? at - 2 : at + 1]?.bullet;
    if (!bullet || (by < 0 ? at === 0 : !behind)) return true;
    this.#doc.transact(() => moveBullet(this.fragment, bullet.key, behind?.key ?? null), BY_HAND);
    return true;
  }

  #changed = (): void => {
    if (!this.#isWriting) this.#draw();
  };

  #updated(): void {
    const view = this.#view;
    if (!view || this.#isDrawing) return;
    if (view.composing) return;
    // A key that ends the word, such as Enter, comes before the browser has told everything.
    if (this.isHeld) return this.#settleSoon();
    if (this.#isEdited) this.#settle();
    else this.#takePoints();
  }

  get #isEdited(): boolean {
    const nodes = children(this.#view?.state.doc);
    return (
      nodes.length !== this.#shown.length ||
      nodes.some((node, at) => node !== this.#shown[at]?.node)
    );
  }

  #pin(): void {
    clearTimeout(this.#timer);
    const view = this.#view;
    if (!view) return;
    // The word before is finished; only this one has to wait.
    if (this.isHeld) this.#write();
    this.isHeld = true;
    const { $from, $to } = view.state.selection;
    for (const { bullet } of this.#shown.slice($from.index(0), $to.index(0) + 1)) {
      if (bullet && !this.#pins.has(bullet.key)) {
        this.#pins.set(bullet.key, new Units(this.#doc, bullet));
      }
    }
  }

  #settleSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#view && !this.#view.composing && this.isHeld) this.#settle();
    }, AFTER_WORD);
  }

  #settle(): void {
    this.#write();
    this.#takePoints();
    this.isHeld = false;
    this.#pins.clear();
    this.#draw();
  }

  /** Brings what was typed into the document. Afterwards `#shown` tells of what the editor shows. */
  #write(): void {
    const view = this.#view;
    if (!view || !this.#isEdited) return;
    const nodes = children(view.state.doc);
    const before = this.#shown;
    this.#isWriting = true;
    try {
      const keys = this.#doc.transact(
        () => applyLines(this.fragment, before, nodes, this.#pins),
        BY_HAND,
      );
      const now = new Map(bulletsOf(this.fragment).map((bullet) => [bullet.key, bullet]));
      // One that was merged during a word is known by what it was, until all is drawn again.
      const past = new Map(before.map(({ bullet }) => [bullet?.key, bullet]));
      this.#shown = nodes.map((node, at) => ({
        bullet: now.get(keys[at] ?? '') ?? past.get(keys[at]),
        node,
      }));
    } finally {
      this.#isWriting = false;
    }
  }

  /** Brings what the document says into the editor, with as little drawing as possible. */
  #draw(): void {
    const view = this.#view;
    if (!view) return;
    const bullets = bulletsOf(this.fragment);
    if (this.isHeld && !this.#mayDraw(bullets)) return;
    this.readSelection();
    const held = new Map(this.#shown.map((pair) => [pair.bullet?.key, pair]));
    this.#isDrawing = true;
    try {
      this.#drawAll(view, bullets);
    } finally {
      this.#isDrawing = false;
    }
    this.#shown = children(view.state.doc).map((node, at) => {
      const bullet = bullets[at];
      const pair = bullet && this.#pins.has(bullet.key) ? held.get(bullet.key) : undefined;
      return pair ?? { bullet, node };
    });
    if (this.isHeld) return;
    this.#takePoints();
    this.onsettled();
  }

  /**
   * The browser tells of a moved caret a moment later, and drawing puts it where the editor knew it to
   * be: so it is asked first, or a key pressed at that moment would work in the wrong place.
   */
  readSelection(): void {
    const view = this.#view;
    const found = view?.hasFocus() ? document.getSelection() : null;
    if (!view || view.composing || this.isHeld || !found?.anchorNode || !found.focusNode) return;
    const { selection, tr, doc } = view.state;
    if (!(selection instanceof TextSelection)) return;
    if (!view.dom.contains(found.anchorNode) || !view.dom.contains(found.focusNode)) return;
    const anchor = view.posAtDOM(found.anchorNode, found.anchorOffset);
    const head = view.posAtDOM(found.focusNode, found.focusOffset);
    if (anchor < 0 || head < 0 || Math.max(anchor, head) > doc.content.size) return;
    const now = TextSelection.between(doc.resolve(anchor), doc.resolve(head));
    if (now.eq(selection)) return;
    const wasDrawing = this.#isDrawing;
    this.#isDrawing = true;
    try {
      view.dispatch(tr.setSelection(now));
    } finally {
      this.#isDrawing = wasDrawing;
    }
    this.#takePoints();
  }

  #drawAll(view: EditorView, bullets: readonly Bullet[]): void {
    const keys = this.#shown.map(({ bullet }) => bullet?.key);
    const changes = changesOf(view.state.doc, keys, bullets, new Set(this.#pins.keys()));
    if (this.isHeld) {
      // One by one: in a larger step the editor would take the line of the word for another one.
      for (const change of changes) view.dispatch(change(fresh(view)));
      return;
    }
    const tr = fresh(view);
    for (const change of changes) change(tr);
    if (!tr.docChanged) return;
    this.#restore(tr, bullets);
    view.dispatch(tr);
  }

  /**
   * During a word: where the line it stands in is no more, was merged, or is not yet in the document,
   * the editor stays as it is until the word is finished.
   */
  #mayDraw(bullets: readonly Bullet[]): boolean {
    const keys = new Set(bullets.map(({ key }) => key));
    return (
      this.#pins.size > 0 &&
      [...this.#pins.keys()].every((key) => keys.has(key)) &&
      this.#view?.state.doc.childCount === this.#shown.length
    );
  }

  #takePoints(): void {
    const view = this.#view;
    if (!view) return;
    const { $anchor, $head } = view.state.selection;
    const pointAt = ($place: typeof $anchor) => {
      const { bullet } = this.#shown[$place.index(0)] ?? {};
      if (!bullet || $place.depth === 0) return undefined;
      const units = this.#pins.get(bullet.key);
      const point = units?.pointBehind($place.parentOffset);
      if (point) return point;
      const place = placeIn(bullet, $place.parentOffset);
      if (place) return Y.createRelativePositionFromTypeIndex(place.text, place.at, -1);
      const element = bullet.elements[0];
      return element && Y.createRelativePositionFromTypeIndex(element, 0, -1);
    };
    const [anchor, head] = [pointAt($anchor), pointAt($head)];
    this.points = anchor && head ? { anchor, head } : null;
  }

  #restore(tr: Transaction, bullets: readonly Bullet[]): void {
    if (!this.points) return;
    const starts = startsOf(tr.doc);
    const anchor = positionOf(this.#doc, this.points.anchor, bullets, starts);
    const head = positionOf(this.#doc, this.points.head, bullets, starts);
    if (anchor === null || head === null) return;
    tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
  }

  /** Where a point of the document is in the editor; null when it is in another heading, or gone. */
  resolve(point: Y.RelativePosition): number | null {
    const view = this.#view;
    if (!view) return null;
    const bullets = this.#shown.flatMap(({ bullet }) => bullet ?? []);
    return positionOf(this.#doc, point, bullets, startsOf(view.state.doc));
  }

  /** Puts the caret where it was before something was taken back. */
  select({ anchor, head }: Points): void {
    const view = this.#view;
    const [from, to] = [this.resolve(anchor), this.resolve(head)];
    if (!view || from === null || to === null) return;
    const { tr } = view.state;
    view.dispatch(tr.setSelection(TextSelection.between(tr.doc.resolve(from), tr.doc.resolve(to))));
  }
}

const fresh = (view: EditorView): Transaction =>
  view.state.tr.setMeta('addToHistory', false).setMeta(fromDocument, true);
