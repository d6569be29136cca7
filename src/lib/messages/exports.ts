/** Words of the shapes and of the office's own template on the results page. */
import { defineMessages } from '../messages.ts';
import type { Shape } from '#formats/shape.ts';
import type { TemplateProblem, TemplateProblemCode, TemplateRefusal } from '#formats/template.ts';

type Place = Pick<TemplateProblem, 'paragraph' | 'near'>;

export const exports = defineMessages({
  ja: {
    shapes: {
      'result-table': '評価結果一覧',
      'report-form': '実施報告書',
      'pillar-report': '柱別報告',
      'progress-report': '進捗状況',
      'achievement-list': '達成状況一覧',
    } satisfies Record<Shape, string>,
    shape: '出力の様式',
    shapeLead: '同じ内容を、ほかの様式でも受け取れます。様式に欄のない項目は出力されません。',
    workbook: (word: string) => `${word}（Excel）`,
    document: (word: string) => `${word}（Word）`,
    print: (word: string) => `${word}を印刷する`,
    cp932: 'オープンデータをCP932（Shift_JIS）で受け取る',
    tableFile: '評価結果（JSON）',
    record: '会議記録（JSON）',
    own: '自分の様式で出力',
    ownLead: 'Wordの様式（差し込み項目 {{事業名}} など）を登録すると、次の会議でも使えます。',
    kept: (name: string, date: string) => `登録済みの様式：${name}（${date}登録）`,
    fill: '登録した様式で出力する（Word）',
    sample: '様式の見本（Word）',
    file: '様式のファイル',
    fileHint: (megabytes: number) => `Word形式（.docx、.dotx）、${megabytes}MBまで`,
    keep: '様式を登録する',
    replace: '様式を差し替える',
    drop: '様式を削除する',
    saved: '様式を登録しました。',
    dropped: '様式を削除しました。',
    fields: '使える差し込み項目',
    fieldsLead:
      '{{#事業}} から {{/事業}} までは、事業の数だけ繰り返されます。{{^評価}} から {{/評価}} までは、評価が空のときだけ出力されます。',
    inside: '繰り返しの中',
    field: '差し込み項目',
    about: '出力される内容',
    outermost: '—',
    nothing: 'ファイルを選んでください。',
    at: ({ paragraph, near }: Place) =>
      [paragraph === null ? null : `${paragraph}段落目`, near && `「${near}」`]
        .filter(Boolean)
        .join('　'),
    problems: {
      'field-unknown': (tag: string) => `「${tag}」という差し込み項目はありません。`,
      'field-misplaced': (tag: string, loops: string) =>
        `「${tag}」は、繰り返し ${loops} の中に書いてください。`,
      'loop-unclosed': (tag: string) => `{{#${tag}}} を閉じる {{/${tag}}} がありません。`,
      'loop-unopened': (tag: string) => `{{/${tag}}} の前に {{#${tag}}} がありません。`,
      'loop-crossed': (tag: string) =>
        `「${tag}」の繰り返しが入れ違いになっています。内側から順に閉じてください。`,
      'loop-torn': (tag: string) =>
        `「${tag}」の繰り返しは、表では同じ行の中で始めて終えてください。`,
      'loop-as-field': (tag: string) =>
        `「${tag}」は繰り返しです。{{#${tag}}} と {{/${tag}}} で囲んでください。`,
      'tag-unclosed': () => '{{ に対応する }} がありません。',
      'tag-unopened': () => '}} に対応する {{ がありません。',
      'tag-refused': (tag: string) =>
        `「${tag}」は使えません。差し込み項目の名前だけを書いてください。`,
    } satisfies Record<TemplateProblemCode, (tag: string, loops: string) => string>,
    refusals: {
      'template-kind': 'Word形式（.docx、.dotx）のファイルではありません。',
      'template-macro': 'マクロを含む様式は使えません。マクロのない形式で保存し直してください。',
      'template-external':
        '外部の画像やテンプレートへのリンクを含む様式は使えません。画像は埋め込んでください。',
      'template-problems': '様式に直すところがあります。直してから、もう一度登録してください。',
    } satisfies Partial<Record<TemplateRefusal, string>>,
    printLead: 'ブラウザの印刷画面で「PDFに保存」を選ぶと、PDFになります。',
    printNow: '印刷する',
    back: '評価結果へ戻る',
    cp932Title: 'オープンデータ（CP932）',
    cp932Fine: 'すべての文字をCP932で書けます。',
    cp932Lost: (count: number) =>
      `CP932にない文字が${count}種類あります。ファイルの中では「〓」になります。`,
    cp932Letters: 'CP932にない文字',
    cp932Take: 'オープンデータ（CSV、CP932）',
    utf8Take: 'オープンデータ（CSV）',
  },
  en: {
    shapes: {
      'result-table': 'Results table',
      'report-form': 'Implementation report',
      'pillar-report': 'Report by pillars',
      'progress-report': 'Progress report',
      'achievement-list': 'Achievement list',
    },
    shape: 'Shape',
    shapeLead: 'The same content in other shapes. What a shape has no place for is left out.',
    workbook: (word) => `${word} (Excel)`,
    document: (word) => `${word} (Word)`,
    print: (word) => `Print: ${word}`,
    cp932: 'Open data in CP932 (Shift_JIS)',
    tableFile: 'Results (JSON)',
    record: 'Record (JSON)',
    own: 'Your own template',
    ownLead: 'Keep a Word template with fields such as {{事業名}}; the next meeting offers it too.',
    kept: (name, date) => `Template kept: ${name} (${date})`,
    fill: 'Fill the template (Word)',
    sample: 'Sample template (Word)',
    file: 'Template file',
    fileHint: (megabytes) => `Word (.docx, .dotx), up to ${megabytes} MB`,
    keep: 'Keep the template',
    replace: 'Replace the template',
    drop: 'Delete the template',
    saved: 'The template is kept.',
    dropped: 'The template is deleted.',
    fields: 'Fields',
    fieldsLead:
      'What stands between {{#事業}} and {{/事業}} is repeated for each project; between {{^評価}} and {{/評価}} only when the field is empty.',
    inside: 'Inside the loop',
    field: 'Field',
    about: 'What is printed',
    outermost: '—',
    nothing: 'Choose a file.',
    at: ({ paragraph, near }) =>
      [paragraph === null ? null : `paragraph ${paragraph}`, near && `“${near}”`]
        .filter(Boolean)
        .join(' '),
    problems: {
      'field-unknown': (tag) => `There is no field “${tag}”.`,
      'field-misplaced': (tag, loops) => `“${tag}” belongs inside the loops ${loops}.`,
      'loop-unclosed': (tag) => `{{#${tag}}} is never closed by {{/${tag}}}.`,
      'loop-unopened': (tag) => `{{/${tag}}} has no {{#${tag}}} before it.`,
      'loop-crossed': (tag) => `The loop “${tag}” crosses another. Close the inner one first.`,
      'loop-torn': (tag) => `In a table, the loop “${tag}” must begin and end in one row.`,
      'loop-as-field': (tag) => `“${tag}” is a loop: write {{#${tag}}} … {{/${tag}}}.`,
      'tag-unclosed': () => 'A {{ has no }}.',
      'tag-unopened': () => 'A }} has no {{.',
      'tag-refused': (tag) => `“${tag}” cannot be used: write the name of a field only.`,
    },
    refusals: {
      'template-kind': 'This is no Word file (.docx, .dotx).',
      'template-macro': 'Templates with macros cannot be used. Save it without macros.',
      'template-external':
        'Templates with linked pictures or templates cannot be used. Embed pictures instead.',
      'template-problems': 'Something in the template has to be mended first.',
    },
    printLead: 'Choose “Save as PDF” in the print dialog to get a PDF.',
    printNow: 'Print',
    back: 'Back to the results',
    cp932Title: 'Open data (CP932)',
    cp932Fine: 'Every character can be written in CP932.',
    cp932Lost: (count) => `${count} characters are not in CP932; they become 〓 in the file.`,
    cp932Letters: 'Characters not in CP932',
    cp932Take: 'Open data (CSV, CP932)',
    utf8Take: 'Open data (CSV)',
  },
});
