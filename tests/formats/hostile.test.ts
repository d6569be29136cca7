/** Wrong, broken and hostile files: refused with the right word, quickly, and never an exception. */
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findingCodes, findingSeverities, fileRefusals } from '#formats/notice.ts';
import { tableLimits } from '#formats/resulttable.ts';
import { fileLimits, parsePasted, parseTable, readTable } from '#formats/table.ts';
import { zipLimits } from '#formats/zipguard.ts';
import { bomb, hostileFiles, lie, makeDocx } from '../fixtures/hostilefiles.ts';
import { disorderedRows, headerRows, makeDelimited, orderlyRows } from '../fixtures/resulttable.ts';
import { makeHtml, makeRawWorkbook, makeWorkbook } from '../fixtures/workbook.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (bytes: Uint8Array, name = 'a.xlsx') => {
  const read = parseTable({ name, bytes });
  return read.ok ? `read ${read.table.projects.length}` : read.code;
};
const good = makeWorkbook(orderlyRows());
const png = Uint8Array.from([
  0x89,
  0x50,
  0x4e,
  0x47,
  13,
  10,
  26,
  10,
  ...Array<number>(200).fill(7),
]);
const minutes = `令和7年度 第1回 地方創生事業効果検証会議 議事録\n\n日時 令和7年8月20日（水）\t14時00分～15時30分\n場所 市役所\n\n1 開会\n事務局\t定刻となりましたので、会議を始めます。\n委員\t事業名と所管課を、もう一度お願いします。\n会長\t評価は3とします。\n`;
const money = '科目,予算額,決算額,差引\n総務費,1000,900,100\n事業費,2000,1500,500\n';

test.each([
  ['no bytes', new Uint8Array(), 'a.xlsx', 'file-empty'],
  ['only white space', utf8('\ufeff \r\n\t\n'), 'a.txt', 'file-empty'],
  ['50 MB', new Uint8Array(50 * 1024 * 1024), 'a.csv', 'file-too-large'],
  ['an image named .xlsx', png, 'a.xlsx', 'file-kind-unknown'],
  ['an archive of something else', zipSync({ 'a.txt': utf8('x') }), 'a.zip', 'file-kind-unknown'],
  [
    'a Word file',
    zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<w/>') }),
    'a.docx',
    'file-kind-unknown',
  ],
  ['half a workbook', good.subarray(0, good.length / 2), 'a.xlsx', 'file-damaged'],
  ['a workbook without its end', good.subarray(0, good.length - 30), 'a.xlsx', 'file-damaged'],
  [
    'noise named .xlsx',
    Uint8Array.from({ length: 3000 }, (_, index) => (index * 197) % 256),
    'a.xlsx',
    'file-damaged',
  ],
  [
    'noise named .csv',
    Uint8Array.from({ length: 3000 }, (_, index) => (index * 197) % 256),
    'a.csv',
    'file-encoding',
  ],
  [
    'EUC-JP',
    Uint8Array.from([0xbb, 0xf6, 0xb6, 0xc8, 0xcc, 0xbe, ...Array<number>(40).fill(0xa4)]),
    'a.csv',
    'file-encoding',
  ],
  [
    'a compound file that is no workbook',
    Uint8Array.from([
      0xd0,
      0xcf,
      0x11,
      0xe0,
      0xa1,
      0xb1,
      0x1a,
      0xe1,
      ...Array<number>(600).fill(0),
    ]),
    'a.xls',
    'file-kind-unknown',
  ],
  [
    'a workbook with a password',
    Uint8Array.from([
      0xd0,
      0xcf,
      0x11,
      0xe0,
      0xa1,
      0xb1,
      0x1a,
      0xe1,
      ...Buffer.from('EncryptedPackage', 'utf16le'),
    ]),
    'a.xlsx',
    'file-locked',
  ],
  ['minutes', utf8(minutes), 'a.txt', 'no-evaluation-table'],
  ['a money table', utf8(money), 'a.csv', 'no-evaluation-table'],
  ['prose', utf8('事業の評価について。'.repeat(2000)), 'a.txt', 'no-evaluation-table'],
  [
    'a header without projects',
    utf8(makeDelimited(headerRows, '\t')),
    'a.tsv',
    'no-evaluation-table',
  ],
  ['an empty workbook', makeWorkbook([['']]), 'a.xlsx', 'no-evaluation-table'],
])('%s', (_, bytes, name, code) => {
  expect(codeOf(bytes, name)).toBe(code);
});

describe('zip bombs', () => {
  const zeros = (megabytes: number) => new Uint8Array(megabytes * 1024 * 1024);

  test('one entry that unpacks to far more than it weighs', () => {
    expect(codeOf(bomb())).toBe('file-too-complex');
  });

  test('many entries that together are too much', () => {
    const extra = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `xl/worksheets/s${index}.xml`,
        zeros(4).subarray(1),
      ]),
    );
    expect(codeOf(makeRawWorkbook({ sheet: '', extra }))).toBe('file-too-complex');
  });

  test('a directory that lies about the size', () => {
    expect(codeOf(lie(bomb(), 1000))).toBe('file-too-complex');
  });

  test('too many entries', () => {
    const extra = Object.fromEntries(
      Array.from({ length: zipLimits.entries + 1 }, (_, index) => [`x/${index}`, new Uint8Array()]),
    );
    expect(codeOf(makeRawWorkbook({ sheet: '', extra }))).toBe('file-too-complex');
  });

  test('images in a workbook are not unpacked at all', () => {
    const extra = { 'xl/media/image1.png': zeros(100) };
    expect(codeOf(makeRawWorkbook({ sheet: '<sheetData/>', extra }))).toBe('no-evaluation-table');
  });
});

test('500 projects in a workbook are read, and bounded work is done for each', () => {
  const [title, blank, ...header] = orderlyRows().slice(0, 5);
  const body = orderlyRows().slice(5, 8);
  const rows = [title ?? [], blank ?? [], ...header];
  for (let project = 1; project <= 500; project++) {
    body.forEach((row, index) => rows.push(index === 0 ? [`${project}`, ...row.slice(1)] : row));
  }
  const bytes = makeWorkbook(rows);
  const before = performance.now();
  expect(codeOf(bytes)).toBe('read 500');
  // The promise is three seconds on the office's machine; a quadratic reader takes far longer.
  expect(performance.now() - before).toBeLessThan(3000);
});

test('more projects than are read end with a finding, not with a hang', () => {
  const rows = [
    ...headerRows,
    ...Array.from({ length: tableLimits.projects + 5 }, (_, index) => [
      `${index}`,
      '事業',
      '',
      '',
      '',
      '数',
      '1件',
      '2件',
      '3件',
      '4件',
      '',
      '',
    ]),
  ];
  const read = parseTable({ name: 'a.tsv', bytes: utf8(makeDelimited(rows, '\t')) });
  if (!read.ok) throw new Error(read.code);
  expect(read.table.projects).toHaveLength(tableLimits.projects);
  expect(read.table.findings.some(({ code }) => code === 'truncated')).toBe(true);
  expect(read.table.findings.length).toBeLessThanOrEqual(tableLimits.findings + 1);
});

test.each([
  ['unclosed comments', '<!--'.repeat(300_000)],
  ['unclosed tags', '<td '.repeat(300_000)],
  ['nested tables', '<table><tr><td>'.repeat(60_000)],
  [
    'spans beyond every limit',
    `<table>${'<tr><td rowspan=99999 colspan=99999>x'.repeat(3000)}</table>`,
  ],
  ['unclosed scripts', '<script '.repeat(200_000)],
])('pasted HTML with %s', (_, html) => {
  const before = performance.now();
  expect(parsePasted({ text: '', html }).ok).toBe(false);
  expect(performance.now() - before).toBeLessThan(3000);
});

test.each([
  ['quotation marks', '"'],
  ['tabs', '\t'],
  ['line breaks', '\n'],
  ['white space and bullets', '\n \u3000・'],
  ['headings', '【。】 '],
  ['figures', '1,2345, 6人 '],
])('a cell of nothing but %s', (_, piece) => {
  const cell = piece.repeat(30_000);
  const rows = [
    ...headerRows,
    ['1', '事業', '課', cell, 'KPI', '数', '1件', cell, '3件', '4件', cell, cell],
  ];
  const before = performance.now();
  for (const text of [makeDelimited(rows, '\t'), rows.map((row) => row.join('\t')).join('\n')]) {
    parsePasted({ text });
    parseTable({ name: 'a.tsv', bytes: utf8(text) });
  }
  expect(performance.now() - before).toBeLessThan(3000);
});

test('too much pasted', () => {
  expect(parsePasted({ text: 'x'.repeat(fileLimits.pasted + 1) })).toEqual({
    ok: false,
    code: 'file-too-large',
  });
  expect(parsePasted({ text: '' })).toEqual({ ok: false, code: 'file-empty' });
});

describe('any input gives a table within bounds or a known refusal', () => {
  const sources = [
    good,
    utf8(makeDelimited(disorderedRows(), '\t')),
    utf8(makeDelimited(orderlyRows(), ',')),
    utf8(makeHtml(orderlyRows())),
  ];

  function check(read: ReturnType<typeof parseTable>): void {
    if (!read.ok) {
      expect(fileRefusals).toContain(read.code);
      return;
    }
    const { projects, findings } = read.table;
    expect(projects.length).toBeGreaterThan(0);
    expect(projects.length).toBeLessThanOrEqual(tableLimits.projects);
    for (const { code, severity } of findings) {
      expect(findingCodes).toContain(code);
      expect(severity).toBe(findingSeverities[code as keyof typeof findingSeverities]);
    }
    expect(() => JSON.stringify(read)).not.toThrow();
  }

  test('bytes changed, cut, doubled', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        changes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (source, edits, part) => {
          const bytes = Uint8Array.from(
            source.subarray(0, part < 0.3 ? Math.floor(source.length * part * 3) : source.length),
          );
          for (const [at, value] of edits) if (bytes.length > 0) bytes[at % bytes.length] = value;
          check(parseTable({ name: 'a.xlsx', bytes }));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('cells shuffled, dropped and replaced', () => {
    const noise = fc.constantFrom(
      '',
      '—',
      '5件',
      '事業名',
      '指標',
      '実績値(R6年度)',
      '意見等',
      '【',
      '・',
      '"',
      '地方創生に効果があった',
      '1月1日',
      '\n',
      '99999999999999999999',
    );
    const edits = fc.array(fc.tuple(fc.nat(30), fc.nat(14), noise), { maxLength: 40 });
    fc.assert(
      fc.property(edits, fc.constantFrom('\t', ','), (changes, delimiter) => {
        const rows = disorderedRows().map((row) => [...row]);
        for (const [row, column, text] of changes) {
          const line = rows[row % rows.length] ?? [];
          line[column] = text;
        }
        const text = makeDelimited(
          rows.map((row) => Array.from(row, (cell) => cell ?? '')),
          delimiter,
        );
        check(parsePasted({ text }));
      }),
      { numRuns: 150 },
    );
  });

  test('a number of properties that is none does not hold up the reader', async () => {
    const bytes = new Uint8Array(
      readFileSync(new URL('../fixtures/files/result.xls', import.meta.url)),
    );
    const summary = Buffer.from('e0859ff2f94f6810ab9108002b27b3d9', 'hex');
    const start = Buffer.from(bytes.buffer).indexOf(summary) - 28;
    const view = new DataView(bytes.buffer);
    const properties = start + view.getUint32(start + 44, true) + 4;
    expect(view.getUint32(properties, true)).toBe(7);
    view.setUint32(properties, 0x7fff_ffff, true);
    const read = await readTable({ name: 'result.xls', bytes });
    expect(read.ok && read.table.projects).toHaveLength(9);
  });

  test('files of other programs with bytes changed or cut', async () => {
    // A damaged .xls may hold up its library for ever: the office ends that (office.test.ts).
    const files = ['result.docx', 'writer.pdf', 'calc.pdf', 'chromium.pdf'];
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        changes,
        fc.integer({ min: 1, max: 8 }),
        async (name, edits, part) => {
          const source = readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url));
          const bytes = Uint8Array.from(
            part === 1 ? source.subarray(0, edits[0]?.[0] ?? 0) : source,
          );
          for (const [at, value] of edits) if (bytes.length > 0) bytes[at % bytes.length] = value;
          const before = performance.now();
          check(await readTable({ name, bytes }));
          expect(performance.now() - before).toBeLessThan(10_000);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('every hostile file is read or refused by name within ten seconds', () => {
  // Those that the reader itself ends; the others are ended by the office (office.test.ts).
  const expected: Readonly<Record<string, string>> = {
    'bomb.xlsx': 'file-too-complex',
    'liar.xlsx': 'file-too-complex',
    'onemerge.xlsx': 'no-evaluation-table',
    'far.xlsx': 'no-evaluation-table',
    'laughs.xlsx': 'file-damaged',
    'outside.docx': 'file-damaged',
    'cut.xlsx': 'file-damaged',
    'workbook.pdf': 'read 9',
    'cells.xlsx': 'file-too-complex',
    'paragraphs.docx': 'file-too-complex',
    'deep.docx': 'file-too-complex',
    'pages.pdf': 'file-too-complex',
    'rules.pdf': 'file-too-complex',
    'stars.md': 'no-evaluation-table',
    'line.txt': 'no-evaluation-table',
  };

  test.each(hostileFiles.filter(({ name }) => name in expected))(
    '$name: $what',
    async ({ name, make }) => {
      const read = await readTable({ name, bytes: make() });
      expect(read.ok ? `read ${read.table.projects.length}` : read.code).toBe(expected[name]);
    },
    20_000,
  );

  test('an entity of a Word file is not looked up, whatever its case', async () => {
    for (const word of ['!DOCTYPE', '!doctype']) {
      const body = strToU8(`<?xml version="1.0"?><${word} d [<!ENTITY x "y">]><d>&x;</d>`);
      const bytes = makeDocx('', { 'word/document.xml': body });
      expect(await readTable({ name: 'a.docx', bytes })).toEqual({
        ok: false,
        code: 'file-damaged',
      });
    }
  });

  test.each([
    ['minutes', minutes],
    ['prose', '事業の評価について、委員から意見があった。'],
    ['a money table', money.replaceAll(',', '　')],
  ])('%s in Word are no evaluation table', async (_, text) => {
    const body = text
      .split('\n')
      .map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`)
      .join('');
    expect(await readTable({ name: 'a.docx', bytes: makeDocx(body) })).toEqual({
      ok: false,
      code: 'no-evaluation-table',
    });
  });
});
