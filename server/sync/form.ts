/**
 * The report form as a document: a text for every field that is written, a value for every field that
 * is chosen, and what the sheet said when form and sheet last agreed. Knows no sheet, only fields.
 */
import * as Y from 'yjs';
import { choiceFields, textFields, type FormFields } from '#domain/formfield.ts';
import { FORM_ROOTS, KNOWN_FIELDS } from '#protocol/documents.ts';

const rootsOf = (doc: Y.Doc) => ({
  texts: doc.getMap<Y.Text>(FORM_ROOTS.texts),
  choices: doc.getMap<string>(FORM_ROOTS.choices),
  known: doc.getMap<string>(FORM_ROOTS.known),
});

/** Every field is there from the start: two browsers that each made one would lose one of them. */
export function seedForm(doc: Y.Doc, fields: FormFields): void {
  const { texts, choices, known } = rootsOf(doc);
  for (const key of textFields) texts.set(key, new Y.Text(fields[key] ?? ''));
  for (const key of choiceFields) choices.set(key, fields[key] ?? '');
  known.set(KNOWN_FIELDS, JSON.stringify(fields));
}

/** What stands in every field now. */
export function readForm(doc: Y.Doc): FormFields {
  const { texts, choices } = rootsOf(doc);
  const fields: Record<string, string> = {};
  for (const key of textFields) fields[key] = plain(texts.get(key));
  for (const key of choiceFields) fields[key] = choices.get(key) ?? '';
  return fields;
}

/** What the sheet said when form and sheet last agreed. */
export function readKnown(doc: Y.Doc): FormFields {
  const json = rootsOf(doc).known.get(KNOWN_FIELDS);
  return json === undefined ? {} : (JSON.parse(json) as FormFields);
}

/**
 * [W7] The sheet says something else now: fields that nobody has touched since follow it, the others
 * keep what was typed. `taken` are fields whose text the sheet was just made from: they follow too.
 */
export function followSheet(doc: Y.Doc, sheet: FormFields, taken: FormFields = {}): void {
  const { texts, choices, known } = rootsOf(doc);
  const before = readKnown(doc);
  const next = (key: string, now: string): string =>
    now === (before[key] ?? '') || now === taken[key] ? (sheet[key] ?? '') : now;
  for (const key of textFields) {
    const text = texts.get(key);
    if (text) write(text, next(key, plain(text)));
  }
  for (const key of choiceFields) {
    const now = choices.get(key) ?? '';
    const then = next(key, now);
    if (then !== now) choices.set(key, then);
  }
  const json = JSON.stringify(sheet);
  if (known.get(KNOWN_FIELDS) !== json) known.set(KNOWN_FIELDS, json);
}

/** Only what differs, so that a caret in the rest of the text stays where it is. */
function write(text: Y.Text, words: string): void {
  const now = plain(text);
  if (now === words) return;
  const [old, next] = [[...now], [...words]];
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < next.length - head &&
    old[old.length - 1 - tail] === next[next.length - 1 - tail]
  )
    tail++;
  const at = old.slice(0, head).join('').length;
  const gone = old.slice(head, old.length - tail).join('').length;
  if (gone > 0) text.delete(at, gone);
  const added = next.slice(head, next.length - tail).join('');
  if (added !== '') text.insert(at, added);
}

/** Only letters count: nothing else can be in a field, but what is read must not depend on that. */
function plain(text: Y.Text | undefined): string {
  if (!(text instanceof Y.Text)) return '';
  const delta = text.toDelta() as readonly { insert?: unknown }[];
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}
