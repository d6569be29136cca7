/**
 * 様式の見本: a Word template that uses the usual fields, to be downloaded and changed. It is an
 * ordinary document; whoever opens it sees where {{…}} stand.
 */
import { Document, Packer, Paragraph } from 'docx';
import { bullet, heading, paragraph, styles, subheading, table, title } from './minutesparts.ts';

const cells = (...texts: readonly string[]) => texts.map((text) => ({ text }));

export async function makeSampleTemplate(): Promise<Uint8Array> {
  const document = new Document({
    title: '様式の見本',
    styles,
    sections: [
      {
        properties: { page: { margin: { top: 1417, bottom: 1417, left: 1417, right: 1417 } } },
        children: [
          title('{{評価対象年度}}事業 評価結果報告書'),
          table({
            widths: [17, 83],
            labels: true,
            rows: [
              cells('団体名', '{{団体名}}'),
              cells('会議', '{{会議の名称}}（{{開催日}}、{{場所}}）'),
              cells('事業数', '{{事業数}}事業'),
            ],
          }),
          paragraph('{{#事業}}', 0),
          heading(1, '{{番号}}　{{事業名}}'),
          table({
            widths: [17, 83],
            labels: true,
            rows: [
              cells('所管課', '{{所管課}}'),
              cells('位置づけ', '{{位置づけ}}'),
              cells('評価', '{{評価}}{{^評価}}未確定{{/評価}}'),
            ],
          }),
          new Paragraph({ children: [] }),
          table({
            widths: [36, 22, 14, 14, 14],
            header: cells('指標', '目標値', '実績値', '判定', '達成率'),
            // A loop that begins in the first cell of a row and ends in its last repeats the row.
            rows: [
              cells(
                '{{#KPI}}{{KPI番号}}{{指標}}',
                '{{目標値}}',
                '{{実績値}}',
                '{{判定}}',
                '{{達成率}}{{/KPI}}',
              ),
            ],
          }),
          paragraph('{{#意見等}}', 0),
          subheading('{{見出し}}', 0),
          paragraph('{{#意見}}', 0),
          bullet('{{意見の本文}}', 0),
          paragraph('{{/意見}}', 0),
          paragraph('{{/意見等}}', 0),
          paragraph('{{/事業}}', 0),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}
