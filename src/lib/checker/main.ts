/**
 * The page that checks an exported record offline, by the same rules as `kensho verify`. Plain DOM
 * and one file (`server/checker.ts` puts it together): nothing is loaded and nothing is sent.
 */
import { digest as sha256 } from 'lib0/hash/sha256';
import { flawWords } from '#formats/flawwords.ts';
import { checkRecord, parseRecordFile, sealedAt, type ReadRecord } from '#formats/recordcheck.ts';
import { parseSeal, type Seal } from '#formats/recordseal.ts';
import { checker } from '../messages/checker.ts';
import type { Locale } from '../messages.ts';

const digest = (text: string): string =>
  [...sha256(new TextEncoder().encode(text))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

let locale: Locale = 'ja';

/** An element with words or elements in it; text never becomes markup. */
function make(name: string, ...inside: readonly (string | Node)[]): HTMLElement {
  const element = document.createElement(name);
  element.append(...inside);
  return element;
}

function found<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`no ${id}`);
  return element;
}

const file = found('file', HTMLInputElement);
const seal = found('seal', HTMLTextAreaElement);
const count = found('count', HTMLInputElement);
const form = found('form', HTMLFormElement);
const result = found('result', HTMLElement);
const language = found('language', HTMLButtonElement);

function translate(): void {
  const t = checker(locale);
  document.documentElement.lang = locale;
  document.title = `${t.title} – Kensho`;
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const word = t[element.dataset['word'] as keyof typeof t];
    if (typeof word === 'string') element.textContent = word;
  }
  result.setAttribute('aria-label', t.result);
}

function tell(state: 'fits' | 'wrong' | 'ask', ...inside: readonly Node[]): void {
  result.className = state;
  result.replaceChildren(...inside);
  result.focus();
}

/** What was typed, null where it cannot be read. */
function printed(): Partial<Seal> | null {
  const typed = seal.value.trim() === '' ? {} : parseSeal(seal.value);
  if (!typed) return null;
  const digits = count.value.normalize('NFKC').trim();
  if (digits === '') return typed;
  return /^\d{1,9}$/.test(digits) ? { ...typed, count: Number(digits) } : null;
}

async function check(): Promise<void> {
  const t = checker(locale);
  const [chosen] = file.files ?? [];
  if (!chosen) return tell('ask', make('p', t.choose));
  const known = printed();
  if (!known) return tell('ask', make('p', t.badSeal));
  const record = parseRecordFile(new Uint8Array(await chosen.arrayBuffer()));
  if (!record) return tell('wrong', make('p', t.notARecord));
  const flaws = checkRecord(record, digest, known);
  if (flaws.length === 0)
    return tell('fits', make('h2', t.fits), fitting(record, known), facts(record));
  const list = flaws.map(({ seq, flaw }) =>
    make('li', `${seq === null ? '' : t.at(seq)}${flawWords[flaw][locale]}`),
  );
  tell('wrong', make('h2', t.wrong(flaws.length)), make('ul', ...list), facts(record));
}

function fitting(record: ReadRecord, known: Partial<Seal>): HTMLElement {
  const t = checker(locale);
  const at = known.head === undefined ? undefined : sealedAt(record, known);
  return make('p', at === undefined ? t.fitsOpen : t.fitsSealed(at, record.entries.length - at));
}

function facts({ meetingId, entries }: ReadRecord): HTMLElement {
  const t = checker(locale);
  const rows: readonly (readonly [string, string])[] = [
    [t.meeting, meetingId],
    [t.entries, String(entries.length)],
    [t.head, entries.at(-1)?.hash ?? '—'],
  ];
  return make('dl', ...rows.flatMap(([term, text]) => [make('dt', term), make('dd', text)]));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void check();
});
language.addEventListener('click', () => {
  locale = locale === 'ja' ? 'en' : 'ja';
  result.replaceChildren();
  result.className = '';
  translate();
});
if (!navigator.language.startsWith('ja')) locale = 'en';
translate();
