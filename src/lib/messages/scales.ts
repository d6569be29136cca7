/** Words for choosing a scale of 評価項目 and for saying which end of it is best. */
import type { ScaleTemplate } from '#domain/scale.ts';
import { defineMessages } from '../messages.ts';

export const scales = defineMessages({
  ja: {
    choose: 'ひな形',
    chooseHint: '選んで追加すると、名称も段階もあとから直せます。',
    add: 'ひな形を追加する',
    added: (name: string) => `「${name}」を追加しました。`,
    templates: {
      national2016: '国の4段階（平成28年度の定義）',
      national2015: '国の4段階（平成27年度の定義）',
      maru4: '◎ ○ △ ×',
      maru3: '○ × −',
      letters: 'A・B・C・D',
      numbers: '1～5（1が最もよい）',
      numbersUp: '5～1（5が最もよい）',
      effective: 'KPI達成に有効であった／有効とは言えない',
      policy: '今後の方針（発展・改善・継続・中止・終了）',
    } satisfies Record<ScaleTemplate, string>,
    best: '最もよい',
    worst: '最もよくない',
    order: '上にあるものほど、よい評価として集計します。数字の大小は関係ありません。',
    reverse: '順序を逆にする',
    reverseNamed: (name: string) => `「${name}」の段階の順序を逆にする`,
    reversed: (best: string) => `順序を逆にしました。最もよいのは「${best}」です。`,
  },
  en: {
    choose: 'Template',
    chooseHint: 'Names and levels of an added template can be changed.',
    add: 'Add the template',
    added: (name) => `Added “${name}”.`,
    templates: {
      national2016: 'National four levels (definition of 2016)',
      national2015: 'National four levels (definition of 2015)',
      maru4: '◎ ○ △ ×',
      maru3: '○ × −',
      letters: 'A, B, C, D',
      numbers: '1 to 5 (1 best)',
      numbersUp: '5 to 1 (5 best)',
      effective: 'Effective for the KPIs, or not',
      policy: 'What next (develop, improve, continue, stop, end)',
    },
    best: 'Best',
    worst: 'Worst',
    order: 'The higher in this list, the better it counts. The figures themselves do not matter.',
    reverse: 'Reverse the order',
    reverseNamed: (name) => `Reverse the levels of “${name}”`,
    reversed: (best) => `The order was reversed. Best is now “${best}”.`,
  },
});
