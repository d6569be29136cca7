/** A Word template of the office's own: what it is filled with, and what is said about its mistakes. */
import { Document, Footer, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Day } from '#domain/types.ts';
import { makeSampleTemplate } from '#formats/sampletemplate.ts';
import { checkTemplate, fillTemplate } from '#formats/template.ts';
import { templateData, type TemplateData } from '#formats/templatedata.ts';
import { templateFields, templateLimits, type TemplateField } from '#formats/templatefields.ts';
import { flawsOf, partOf } from '../fixtures/parts.ts';
import { table } from '../fixtures/resultsample.ts';
import { pillars, progress } from '../fixtures/shapes.ts';

const meeting = { title: '第1回 効果検証会議', heldOn: '2025-08-20' as Day, place: '第1会議室' };
const source = { table, meeting };

async function templateOf(lines: readonly string[], footer = ''): Promise<Uint8Array> {
  const document = new Document({
    sections: [
      {
        children: lines.map((line) => new Paragraph(line)),
        footers: { default: new Footer({ children: [new Paragraph(footer)] }) },
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}
const linesOf = (file: Uint8Array, part = 'word/document.xml') =>
  [...partOf(file, part).matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
    paragraph.replace(/<w:br[^>]*>/g, '\n').replace(/<[^>]*>/g, ''),
  );
async function filled(...lines: readonly string[]): Promise<readonly string[]> {
  const made = fillTemplate({ template: await templateOf(lines), source });
  if (!made.ok) throw new Error(JSON.stringify(made));
  expect(flawsOf(made.bytes)).toEqual([]);
  return linesOf(made.bytes).filter((line) => line !== '');
}
async function refused(...lines: readonly string[]) {
  const made = checkTemplate({ template: await templateOf(lines) });
  if (made.ok) throw new Error('was taken');
  return made.problems.map(({ code, tag, near, paragraph }) => ({ code, tag, near, paragraph }));
}

test('fields, loops inside loops, line breaks and blanks', async () => {
  expect(
    await filled(
      '{{団体名}} {{評価対象年度}} {{開催日}}',
      '{{#事業}}',
      '{{番号}} {{事業名}}：{{評価}}{{^評価}}未確定{{/評価}}（{{事業数}}件中）',
      '{{#KPI}}',
      '{{KPI番号}}{{指標}} {{実績値}}',
      '{{/KPI}}',
      '{{/事業}}',
    ),
  ).toEqual([
    '会津若松市 令和6年度 令和7年8月20日（水）',
    '1-1 デジタル未来アート事業：地方創生に非常に効果があった（5件中）',
    '①地元ICT企業等による新規コンテンツ開発数 9件',
    '②イベント来場者数 5,253人',
    '③来場者の会津大学等への興味関心度 82%',
    '1-2 地域課題解決型先端サービス実装化支援事業：地方創生に相当程度効果があった（5件中）',
    '①人口の社会動態/年(1~12月) -419人',
    '2-1 移住支援金：地方創生に非常に効果があった（5件中）',
    '①市外からの移住者数(累計) 254世帯',
    '②移住相談件数(年間) 323件',
    '3-3 複数分野のデータ連携による共助型スマートシティ推進事業（会津若松プラス運用事業）：未確定（5件中）',
    '①デジタル情報プラットフォームの登録者数（累計） 33,383',
    '4-1 結婚支援事業：地方創生に効果があった（5件中）',
    '①「結婚支援事業」をきっかけに、婚活を前向きに捉えられるようになった参加者の割合 100%',
    '②婚活セミナー・婚活イベントの募集定員数に対する参加者数の割合 43%',
    '③研修会に参加した現代版仲人の割合 44%',
    '④現代版仲人養成講座を受講し現代版仲人に登録した人の割合 83%',
  ]);
});

test('a loop over the cells of a row repeats the row', async () => {
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
  const document = new Document({
    sections: [
      {
        children: [
          new Table({
            rows: [
              new TableRow({ children: [cell('{{#事業}}{{番号}}'), cell('{{事業名}}{{/事業}}')] }),
            ],
          }),
        ],
      },
    ],
  });
  const template = new Uint8Array(await Packer.toArrayBuffer(document));
  const made = fillTemplate({ template, source });
  if (!made.ok) throw new Error(made.code);
  expect(partOf(made.bytes, 'word/document.xml').match(/<w:tr[ >]/g)).toHaveLength(5);
});

test('opinions stand under their headings, words of the data are never tags themselves', async () => {
  const [project] = table.projects;
  const opinions = [{ heading: '【R6実績について】', text: '{{団体名}} & <b> を\n改める' }];
  const made = fillTemplate({
    template: await templateOf([
      '{{#事業}}',
      '{{#意見等}}',
      '{{見出し}}',
      '{{#意見}}',
      '・{{意見の本文}}',
      '{{/意見}}',
      '{{/意見等}}',
      '{{/事業}}',
    ]),
    source: { meeting, table: { ...table, projects: project ? [{ ...project, opinions }] : [] } },
  });
  if (!made.ok) throw new Error(made.code);
  expect(flawsOf(made.bytes)).toEqual([]);
  const lines = linesOf(made.bytes).filter((line) => line !== '');
  expect(lines).toEqual(['【R6実績について】', '・{{団体名}} &amp; &lt;b&gt; を\n改める']);
});

test('the sample template names known fields only, and is filled for every kind of table', async () => {
  const template = await makeSampleTemplate();
  for (const each of [table, pillars, progress]) {
    const made = fillTemplate({ template, source: { table: each, meeting: null } });
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    expect(flawsOf(made.bytes)).toEqual([]);
    expect(strFromU8(unzipSync(made.bytes)['word/document.xml'] ?? new Uint8Array())).not.toContain(
      '{{',
    );
  }
});

describe('mistakes are named with tag and place', () => {
  test.each([
    [['はじめに', '担当は{{担当者}}です'], 'field-unknown', '担当者', 2],
    [['{{#事業}}', '{{事業名}}'], 'loop-unclosed', '事業', 1],
    [['{{事業名}}', '{{/事業}}'], 'loop-unopened', '事業', 2],
    [['{{#事業}}{{#KPI}}', '{{/事業}}{{/KPI}}'], 'loop-crossed', 'KPI', 1],
    [['表題：{{表題'], 'tag-unclosed', '表題', 1],
    [['表題：場所}}'], 'tag-unopened', '表題：場所', 1],
    [['{{指標}}'], 'field-misplaced', '指標', 1],
    [['{{事業}}'], 'loop-as-field', '事業', 1],
    [['{{@表題}}'], 'tag-refused', '表題', 1],
    [['{{=[[ ]]=}}'], 'tag-refused', '=[[ ]]=', 1],
    [['{{事業数 + 1}}'], 'tag-refused', '事業数 + 1', 1],
    [['{{constructor}}'], 'field-unknown', 'constructor', 1],
    [['{{__proto__}}'], 'tag-refused', '__proto__', 1],
  ] as const)('%j: %s', async (lines, code, tag, paragraph) => {
    const problems = await refused(...lines);
    expect(problems.map((each) => each.code)).toContain(code);
    const found = problems.find((each) => each.code === code);
    expect(found).toMatchObject({ tag, paragraph });
    expect(found?.near).toContain(tag);
  });

  test('a misplaced field says which loops it needs', async () => {
    const made = checkTemplate({ template: await templateOf(['{{#事業}}{{年度}}{{/事業}}']) });
    expect(made.ok ? [] : made.problems).toMatchObject([
      { code: 'field-misplaced', tag: '年度', loops: ['事業', 'KPI', '年度別'] },
    ]);
  });

  test('a footer is checked as well, and filled', async () => {
    const wrong = checkTemplate({ template: await templateOf([''], '{{団体}}') });
    expect(wrong.ok ? [] : wrong.problems).toMatchObject([
      { code: 'field-unknown', tag: '団体', near: '{{団体}}', paragraph: null },
    ]);
    const right = fillTemplate({ template: await templateOf([''], '{{団体名}}'), source });
    expect(right.ok && linesOf(right.bytes, 'word/footer1.xml')).toEqual(['会津若松市']);
  });
});

describe('files that are no template', () => {
  const repack = (file: Uint8Array, change: (files: Record<string, Uint8Array>) => void) => {
    const files = { ...unzipSync(file) };
    change(files);
    return zipSync(files);
  };
  const codeOf = (file: Uint8Array) => {
    const made = checkTemplate({ template: file });
    return made.ok ? 'ok' : made.code;
  };

  test('no file, no zip, no Word document, too large', async () => {
    expect(codeOf(new Uint8Array())).toBe('file-empty');
    expect(codeOf(strToU8('様式'))).toBe('template-kind');
    expect(codeOf(zipSync({ 'a.txt': strToU8('a') }))).toBe('template-kind');
    expect(codeOf(new Uint8Array(templateLimits.bytes + 1))).toBe('file-too-large');
    expect(codeOf((await makeSampleTemplate()).slice(0, 500))).toBe('file-damaged');
  });

  test('a bomb, macros, links that Word would follow, entities, broken XML', async () => {
    const sample = await makeSampleTemplate();
    const bomb = repack(sample, (files) => {
      files['word/media/a.png'] = new Uint8Array(70 * 1024 * 1024);
    });
    expect(codeOf(bomb)).toBe('file-too-complex');
    const macro = repack(sample, (files) => {
      files['word/vbaProject.bin'] = strToU8('macro');
    });
    expect(codeOf(macro)).toBe('template-macro');
    const linked = repack(sample, (files) => {
      files['word/_rels/settings.xml.rels'] = strToU8(
        '<Relationships><Relationship Id="a" Type="http://x/attachedTemplate" Target="http://example.jp/a.dotm" TargetMode="External"/></Relationships>',
      );
    });
    expect(codeOf(linked)).toBe('template-external');
    const entities = repack(sample, (files) => {
      files['word/document.xml'] = strToU8('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>');
    });
    expect(codeOf(entities)).toBe('file-damaged');
    const broken = repack(sample, (files) => {
      files['word/document.xml'] = strToU8('<w:document><w:p>');
    });
    expect(codeOf(broken)).toBe('file-damaged');
  });

  test('a .dotx becomes a document', async () => {
    const types = '[Content_Types].xml';
    const dotx = repack(await makeSampleTemplate(), (files) => {
      const xml = strFromU8(files[types] ?? new Uint8Array());
      files[types] = strToU8(xml.replace('document.main+xml', 'template.main+xml'));
    });
    const made = fillTemplate({ template: dotx, source });
    expect(made.ok && partOf(made.bytes, types)).toContain('document.main+xml');
  });
});

test('the data holds every listed field in its loop, and no other', () => {
  const namesOf = (data: TemplateData, fields: readonly TemplateField[]): void => {
    expect(Object.keys(data).toSorted()).toEqual(fields.map(({ name }) => name).toSorted());
    for (const { name, fields: inner } of fields) {
      const value = data[name];
      expect([name, typeof value === 'string']).toEqual([name, inner === undefined]);
      if (inner && typeof value === 'object') for (const pass of value) namesOf(pass, inner);
    }
  };
  for (const each of [table, pillars, progress])
    namesOf(templateData({ table: each, meeting }), templateFields);
});

test('no name stands twice in the list, and the manual has them all', () => {
  const all = (fields: readonly TemplateField[]): string[] =>
    fields.flatMap(({ name, fields: inner = [] }) => [name, ...all(inner)]);
  const names = all(templateFields);
  expect(new Set(names).size).toBe(names.length);
  const manual = readFileSync(new URL('../../docs/templates.md', import.meta.url), 'utf8');
  for (const name of names) expect(manual).toContain(`\`${name}\``);
});
