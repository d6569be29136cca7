/**
 * The report form in one browser tab: what stands in every field, what the sheet said last, and who is
 * writing where. Before the document has arrived it shows what the page came with, read only.
 */
import * as Y from 'yjs';
import { lengthLimit, type FormFields } from '#domain/formfield.ts';
import { FORM_ROOTS, KNOWN_FIELDS } from '#protocol/documents.ts';
import type { LiveDocument } from './document.svelte.ts';
import { carried, type TextDelta, type TextEdit } from './typing.ts';

type Listener = (delta: TextDelta | null) => void;

export class LiveForm {
  /** By field; empty fields may be missing. */
  readonly values: Record<string, string>;
  /** What the sheet said when form and sheet last agreed. */
  known = $state.raw<FormFields>({});
  /** Names of others by the field they are in. */
  writers = $state.raw<Readonly<Record<string, string>>>({});
  document = $state.raw<LiveDocument | undefined>(undefined);
  #listeners: Record<string, Listener> = {};

  constructor(fields: FormFields, known: FormFields) {
    const values = $state({ ...fields });
    this.values = values;
    this.known = known;
  }

  get writable(): boolean {
    const { document } = this;
    return document?.synced === true && document.access === 'write' && !document.refusal;
  }

  /** Fields that say something else than the sheet. */
  get waiting(): number {
    const { values, known } = this;
    const keys = Object.keys({ ...known, ...values });
    return keys.filter((key) => (values[key] ?? '') !== (known[key] ?? '')).length;
  }

  /** Browser only. Answers how to end it. */
  attach(document: LiveDocument): () => void {
    this.document = document;
    const { doc, awareness } = document;
    const texts = doc.getMap<Y.Text>(FORM_ROOTS.texts);
    const choices = doc.getMap<string>(FORM_ROOTS.choices);
    const known = doc.getMap<string>(FORM_ROOTS.known);
    const written = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) {
        if (event instanceof Y.YTextEvent) {
          const key = String(event.path[0]);
          this.#show(key, event.target.toJSON(), event.delta);
        } else for (const key of texts.keys()) this.#show(key, plain(texts.get(key)), null);
      }
    };
    const chosen = () => {
      for (const [key, value] of choices) this.values[key] = value;
    };
    const agreed = () => {
      const json = known.get(KNOWN_FIELDS);
      if (json !== undefined) this.known = JSON.parse(json) as FormFields;
    };
    const seen = () => (this.writers = this.#writersIn(awareness.getStates(), doc.clientID));
    texts.observeDeep(written);
    choices.observe(chosen);
    known.observe(agreed);
    awareness.on('change', seen);
    return () => {
      texts.unobserveDeep(written);
      choices.unobserve(chosen);
      known.unobserve(agreed);
      awareness.off('change', seen);
      this.document = undefined;
    };
  }

  /** Told of every change of a field, with what changed, or with null when all of it did. */
  listen(key: string, listener: Listener): () => void {
    this.#listeners[key] = listener;
    return () => delete this.#listeners[key];
  }

  /** Makes an edit to a field that others have changed by `deltas` since; false: it does not fit. */
  write(key: string, edit: TextEdit, deltas: readonly TextDelta[] = []): boolean {
    const text = this.document?.doc.getMap<Y.Text>(FORM_ROOTS.texts).get(key);
    if (!text || !this.writable) return false;
    if (text.length + edit.added.length - edit.removed > lengthLimit(key)) return false;
    text.doc?.transact(() => {
      for (const { at, removed, added } of carried(edit, deltas)) {
        if (removed > 0) text.delete(at, removed);
        if (added !== '') text.insert(at, added.toWellFormed());
      }
    });
    return true;
  }

  /** Puts other words into a field: 未計測, or nothing. */
  replace(key: string, words: string): void {
    const removed = (this.values[key] ?? '').length;
    this.write(key, { at: 0, removed, added: words });
  }

  choose(key: string, value: string): void {
    if (this.writable) this.document?.doc.getMap<string>(FORM_ROOTS.choices).set(key, value);
  }

  /** Tells the others where this person is; null: nowhere. */
  enter(key: string | null): void {
    this.document?.awareness.setLocalStateField('field', key);
  }

  #show(key: string, text: string, delta: TextDelta | null): void {
    this.values[key] = text;
    this.#listeners[key]?.(delta);
  }

  #writersIn(states: ReadonlyMap<number, Record<string, unknown>>, own: number) {
    const writers: Record<string, string> = {};
    for (const [client, { user, field }] of states) {
      if (client === own || typeof field !== 'string' || !isNamed(user)) continue;
      const before = writers[field];
      if (!before?.split('・').includes(user.name))
        writers[field] = before ? `${before}・${user.name}` : user.name;
    }
    return writers;
  }
}

const isNamed = (user: unknown): user is { readonly name: string } =>
  typeof user === 'object' && user !== null && 'name' in user && typeof user.name === 'string';

const plain = (text: Y.Text | undefined): string => (text instanceof Y.Text ? text.toJSON() : '');
