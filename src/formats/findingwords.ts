/**
 * Every finding in a sentence, Japanese and English: `what` for a whole kind, `told` for one with its
 * figures. The program and the pages say the same words; a code without them does not compile.
 */
import type { FindingCode } from './notice.ts';

export type FindingWords = {
  /** What every finding of this kind says. */
  readonly what: string;
  /** The same with the figures; {stated}, {recomputed} and {formula} stand for those of a finding. */
  readonly told?: string;
};
export type Language = 'ja' | 'en';

const ja: Readonly<Record<FindingCode, FindingWords>> = {
  'rate-mismatch': {
    what: '印刷された達成率が計算と合いません。',
    told: '達成率は{recomputed}と計算されます（{formula}）。印刷は{stated}です。',
  },
  'rate-copied': {
    what: '達成率の欄に実績値がそのまま書かれています。',
    told: '達成率の欄の{stated}は実績値と同じです。計算では{recomputed}です（{formula}）。',
  },
  'rate-undefined': {
    what: '目標が0のため、達成率は計算できません。',
    told: '目標が0のため、達成率は計算できません（{formula}）。印刷は{stated}です。',
  },
  'rate-ambiguous': {
    what: '達成率は、数値の読み方によって変わります。',
    told: '印刷の達成率{stated}のほかに、{recomputed}とも計算できます（{formula}）。',
  },
  'rate-truncated': {
    what: '達成率が四捨五入ではなく切り捨てで書かれています。',
    told: '達成率は四捨五入で{recomputed}です（{formula}）。印刷の{stated}は切り捨てです。',
  },
  'rate-unchecked': {
    what: '達成率を確かめられません。',
    told: '印刷の達成率{stated}は、実績または目標が数値でないため確かめられません。',
  },
  'zero-target': {
    what: '目標値が0です。',
    told: '目標値が「{stated}」です。0を目指す指標か確かめてください。',
  },
  'unit-mismatch': {
    what: '同じ行の中で単位が違います。',
    told: '同じ行の中で単位が違います（{stated}）。',
  },
  'unit-differs': {
    what: '同じ行の中で単位の書き方が違います。同じ意味か確かめてください。',
    told: '同じ行の中で単位の書き方が違います（{stated}）。同じ意味か確かめてください。',
  },
  'target-already-met': {
    what: '最終目標値に、評価する年度より前に達しています。',
    told: '最終目標値に、評価する年度より前に達しています（{stated}）。',
  },
  'not-a-measurement': {
    what: '計測していない実績が0と書かれています。',
    told: '実績は「{stated}」ですが、未計測とも書かれています。0は計測した結果を表します。',
  },
  outlier: {
    what: '実績が目標と大きくかけ離れています。',
    told: '目標と実績が大きくかけ離れています（{stated}）。桁や単位を確かめてください。',
  },
  'baseline-contradicts': {
    what: '当初の値が2通り書かれています。',
    told: '当初の値が2通り書かれています（{stated}）。増減は{recomputed}から計算されています（{formula}）。',
  },
  'delta-base': {
    what: '増減が何と比べたものかを、数値から判断しました。',
    told: '増減は{recomputed}と比べたものです（{formula}）。',
  },
  'delta-bases-mixed': {
    what: '増減の比べ方が年度によって違います。',
    told: '増減の比べ方が年度によって違います（{stated}）。',
  },
  'delta-mismatch': {
    what: '増減が計算と合いません。',
    told: '増減は{recomputed}と計算されます（{formula}）。印刷は{stated}です。',
  },
  'judgement-mismatch': {
    what: '印刷された判定が数値と合いません。',
    told: '数値からは「{recomputed}」です（{formula}）。印刷は「{stated}」です。',
  },
  'judgement-doubtful': {
    what: '多いほど良い指標であれば、印刷された判定が数値と合いません。',
    told: '多いほど良い指標であれば、数値からは「{recomputed}」です（{formula}）。印刷は「{stated}」です。',
  },
  'judged-too-early': {
    what: '後の年度の目標に対して未達成と書かれています。',
    told: '目標は後の年度のものなので「{recomputed}」です（{formula}）。印刷は「{stated}」です。',
  },
  'missing-reason': {
    what: '未達成または未計測の理由が書かれていません。',
    told: '「{stated}」の理由が書かれていません。',
  },
  'missing-planned-date': { what: '未計測の指標に、計測する予定の時期が書かれていません。' },
  'over-limit': {
    what: '文字数が上限を超えています。',
    told: '{stated}書かれています。上限は{recomputed}です。',
  },
  'sum-mismatch': {
    what: '合計が内訳と合いません。',
    told: '合計は{recomputed}と計算されます（{formula}）。印刷は{stated}です。',
  },
  'part-unanswered': {
    what: '回答されていない項目があります。',
    told: '「{stated}」が回答されていません。',
  },
  'direction-unconfirmed': { what: '望ましい方向は数値などからの提案です。表で確かめてください。' },
  'value-unreadable': { what: '数値として読み取れません。書かれた文字のまま取り込みます。' },
  'value-rounded': {
    what: '表示より細かい数値が保存されています。表示されている数値を取り込みます。',
  },
  'year-unknown': { what: '評価対象の年度が表から分かりません。' },
  'municipality-unknown': { what: '団体名が表から分かりません。' },
  'column-year-missing': { what: '年度の書かれていない列があります。' },
  'header-differs': { what: '途中の見出しが、はじめの見出しと違います。' },
  'columns-shifted': { what: '見出しと列がずれている行を、内容から読み取りました。' },
  'label-shared-cell': { what: '種別と指標が1つのセルにあったため、空白で分けました。' },
  'label-missing': { what: '指標の名前がない数値の行があります。' },
  'no-kpi': { what: 'KPIのない事業です。' },
  'rating-missing': { what: '評価の欄が空です。' },
  'rating-unknown': { what: '評価の言葉が国の4段階のどれでもありません。書かれたまま残します。' },
  'opinions-split': { what: '意見の「・」がないため、句点と空白で分けました。' },
  'opinions-unheaded': { what: '意見に【見出し】がありません。' },
  'opinions-continued': { what: '意見が次の行に続いていたため、つなげました。' },
  'number-became-date': { what: 'Noが日付に変わっていたため、元の番号に戻しました。' },
  'number-duplicate': { what: '同じNoの事業が2つ以上あります。' },
  'cell-unused': { what: 'どの列にも当てはまらないセルは取り込みません。' },
  'row-unread': { what: 'どの事業にも属さない行は取り込みません。' },
  'pillar-missing': { what: '柱の見出しがない部分があります。名前を入れてください。' },
  'part-missing': {
    what: 'ほかにはある見出しが、ここにはありません。内容の置き場所を確かめてください。',
  },
  'header-missing': { what: '見出し行のない表を、ほかの表と同じ並びとして読み取りました。' },
  'activity-name-missing': { what: '名前のない取組があります。' },
  'number-gap': { what: '番号が飛んでいます。抜けた行がないか確かめてください。' },
  'value-missing': { what: '目標または実績のセルが空です。' },
  'columns-unclear': {
    what: '行のセルが欠けていて、目標と実績を見分けられません。数値は空欄にしました。',
  },
  'name-missing': { what: '事業名のない事業があります。' },
  'marks-unreadable': {
    what: '①②③の印が読み取れません。どのKPIの内容か分からないため、空欄にしました。',
    told: '「{stated}」は、どのKPIの内容か分からないため、空欄にしました。',
  },
  'mark-missing': { what: 'この印（①②③…）の内容が書かれていません。空欄にしました。' },
  'pair-incomplete': { what: '男女の一方だけが書かれています。' },
  'row-continued': { what: '次の行に続いていたため、つなげました。' },
  'caption-unknown': { what: '見出しの意味が分からない列は取り込みません。' },
  'flag-contradicts': {
    what: '減少KPI・0目標KPIの選択が、達成状況と合いません。望ましい方向は空欄にしました。',
  },
  'order-undecided': {
    what: '指標名や記述がどのKPIのものか、順番と文字数から決められません。空欄にしました。',
  },
  'length-differs': {
    what: '記述の文字数が、書かれた文字数と違います。',
    told: '記述は{recomputed}ですが、{stated}と書かれています。欠けや混じりがないか確かめてください。',
  },
  'cells-joined': {
    what: 'セルの境で切れていた文字をつなげました。',
    told: '「{stated}」を「{recomputed}」とつなげました。',
  },
  'text-garbled': {
    what: '文字化けした部分があります。',
    told: '「{stated}」は文字化けしています。',
  },
  'kpi-omitted': {
    what: 'KPIを載せないと書かれた事業です。',
    told: 'KPIは載せられていません（{stated}）。',
  },
  'year-inferred': {
    what: '評価対象の年度は、実績のある最後の年度としました。',
    told: '評価対象の年度は、実績のある最後の年度（{stated}）としました。',
  },
  'hidden-row': { what: '非表示の行は取り込みません。' },
  'hidden-column': { what: '非表示の列は取り込みません。' },
  'sheet-unread': { what: 'ほかのシートにも表があります。このシートだけを取り込みます。' },
  'sheets-joined': { what: '複数のシートに分かれた表を、1つにつなげました。' },
  'notes-unread': { what: 'コメント・メモ・脚注は取り込みません。' },
  'text-box-unread': { what: 'テキストボックスの中の文字は取り込みません。' },
  'page-unread': { what: '画像だけのページは取り込みません。' },
  'quotes-broken': { what: '引用符が閉じていないため、文字として読み取りました。' },
  'text-shortened': { what: '長すぎるセルを途中までで取り込みます。' },
  truncated: { what: '確認が必要な点が多すぎるため、一部だけを示しています。' },
};

const en: Readonly<Record<FindingCode, FindingWords>> = {
  'rate-mismatch': {
    what: 'The printed rate is not what the figures give.',
    told: 'The rate comes to {recomputed} ({formula}). Printed is {stated}.',
  },
  'rate-copied': {
    what: 'The actual figure stands in the column of the rate.',
    told: 'The rate {stated} is the actual figure itself. It comes to {recomputed} ({formula}).',
  },
  'rate-undefined': {
    what: 'The target is 0, so there is no rate.',
    told: 'The target is 0, so there is no rate ({formula}). Printed is {stated}.',
  },
  'rate-ambiguous': {
    what: 'The rate depends on how the figures are read.',
    told: 'Printed is {stated}; the figures can also give {recomputed} ({formula}).',
  },
  'rate-truncated': {
    what: 'The rate was cut off, not rounded.',
    told: 'The rate rounds to {recomputed} ({formula}). The printed {stated} is cut off.',
  },
  'rate-unchecked': {
    what: 'The rate cannot be checked.',
    told: 'The printed rate {stated} cannot be checked: the target or the actual is no figure.',
  },
  'zero-target': {
    what: 'The target is 0.',
    told: 'The target is "{stated}". Check whether 0 is what is aimed at.',
  },
  'unit-mismatch': {
    what: 'The units in this row differ.',
    told: 'The units in this row differ ({stated}).',
  },
  'unit-differs': {
    what: 'The units in this row are written differently. Check that they mean the same.',
    told: 'The units in this row are written differently ({stated}). Check that they mean the same.',
  },
  'target-already-met': {
    what: 'The final target was reached before the evaluated year.',
    told: 'The final target was reached before the evaluated year ({stated}).',
  },
  'not-a-measurement': {
    what: 'An actual that was not measured is given as 0.',
    told: 'The actual is "{stated}", yet it is said not to be measured. 0 is a measurement.',
  },
  outlier: {
    what: 'The actual is far from the target.',
    told: 'The actual is far from the target ({stated}). Check digits and unit.',
  },
  'baseline-contradicts': {
    what: 'The start has two different figures.',
    told: 'The start has two figures ({stated}). The differences are counted from {recomputed} ({formula}).',
  },
  'delta-base': {
    what: 'What the differences are counted from was found from the figures.',
    told: 'The differences are counted from {recomputed} ({formula}).',
  },
  'delta-bases-mixed': {
    what: 'The differences are counted from different bases.',
    told: 'The differences are counted from different bases ({stated}).',
  },
  'delta-mismatch': {
    what: 'A difference is not what the figures give.',
    told: 'The difference comes to {recomputed} ({formula}). Printed is {stated}.',
  },
  'judgement-mismatch': {
    what: 'The printed judgement is not what the figures give.',
    told: 'The figures say {recomputed} ({formula}). Printed is {stated}.',
  },
  'judgement-doubtful': {
    what: 'If more is better here, the printed judgement is not what the figures give.',
    told: 'If more is better here, the figures say {recomputed} ({formula}). Printed is {stated}.',
  },
  'judged-too-early': {
    what: 'Judged as missed against the target of a later year.',
    told: 'The target is that of a later year: {recomputed} ({formula}). Printed is {stated}.',
  },
  'missing-reason': {
    what: 'The reason for missing or not measuring is not given.',
    told: 'The reason is not given ({stated}).',
  },
  'missing-planned-date': { what: 'Not measured, and no date is given on which it will be.' },
  'over-limit': {
    what: 'The text is longer than the form takes.',
    told: 'There are {stated}; the form takes {recomputed}.',
  },
  'sum-mismatch': {
    what: 'A total is not the sum of its lines.',
    told: 'The total comes to {recomputed} ({formula}). Printed is {stated}.',
  },
  'part-unanswered': {
    what: 'A part of the form is not answered.',
    told: '"{stated}" is not answered.',
  },
  'direction-unconfirmed': { what: 'The desired direction is a proposal. Check it in the table.' },
  'value-unreadable': { what: 'This is not readable as a figure. It is kept as printed.' },
  'value-rounded': {
    what: 'The file stores more digits than it shows. The shown figure is taken.',
  },
  'year-unknown': { what: 'The table does not say which year is evaluated.' },
  'municipality-unknown': { what: 'The table does not name a municipality.' },
  'column-year-missing': { what: 'A column of figures has no year.' },
  'header-differs': { what: 'A repeated header differs from the first.' },
  'columns-shifted': { what: 'Rows beside their header columns were read by their content.' },
  'label-shared-cell': {
    what: 'Kind and indicator stood in one cell and were split at the space.',
  },
  'label-missing': { what: 'A row of figures has no indicator.' },
  'no-kpi': { what: 'This project has no KPI.' },
  'rating-missing': { what: 'The rating is empty.' },
  'rating-unknown': {
    what: 'The rating is none of the four national levels. It is kept as printed.',
  },
  'opinions-split': { what: 'The bullets were lost; the opinions were split at full stops.' },
  'opinions-unheaded': { what: 'The opinions have no heading.' },
  'opinions-continued': { what: 'Opinions went on in the next row and were joined.' },
  'number-became-date': { what: 'The number had become a date and was restored.' },
  'number-duplicate': { what: 'Two or more projects have the same number.' },
  'cell-unused': { what: 'A cell that belongs to no column is not imported.' },
  'row-unread': { what: 'A row that belongs to no project is not imported.' },
  'pillar-missing': { what: 'Figures of a pillar whose heading is missing. Give it a name.' },
  'part-missing': {
    what: 'A heading that others have is missing here. Check where the text belongs.',
  },
  'header-missing': { what: 'A table without its header was read like the others.' },
  'activity-name-missing': { what: 'An activity has no name.' },
  'number-gap': { what: 'A number is left out. Check that no row is missing.' },
  'value-missing': { what: 'A target or an actual is empty.' },
  'columns-unclear': {
    what: 'A cell of this row is missing; target and actual cannot be told apart and stay empty.',
  },
  'name-missing': { what: 'A project has no name.' },
  'marks-unreadable': {
    what: 'The marks ①②③ cannot be read; nobody can say which KPI is meant. It stays empty.',
    told: '“{stated}” names no KPI that can be told; it stays empty.',
  },
  'mark-missing': { what: 'Nothing is written under this mark (①②③ …). It stays empty.' },
  'pair-incomplete': { what: 'Only one of 男 and 女 is written.' },
  'row-continued': { what: 'The row went on in the next one and was joined.' },
  'caption-unknown': { what: 'A column whose caption is not understood is not imported.' },
  'flag-contradicts': {
    what: '減少KPI or 0目標KPI does not fit the printed 達成状況. The direction is left empty.',
  },
  'order-undecided': {
    what: 'Neither order nor length tells which KPI names and texts belong to. They are left empty.',
  },
  'length-differs': {
    what: 'A text is not as long as the form says.',
    told: 'The text has {recomputed}, the form says {stated}. Check that nothing is lost or mixed in.',
  },
  'cells-joined': {
    what: 'A text cut by a cell border was joined.',
    told: '“{stated}” was joined to “{recomputed}”.',
  },
  'text-garbled': { what: 'A part of a text is garbled.', told: '“{stated}” is garbled.' },
  'kpi-omitted': {
    what: 'The project says that it gives no KPIs.',
    told: 'No KPIs are given ({stated}).',
  },
  'year-inferred': {
    what: 'The evaluated year is taken to be the last one with actuals.',
    told: 'The evaluated year is taken to be the last one with actuals ({stated}).',
  },
  'hidden-row': { what: 'Hidden rows are not imported.' },
  'hidden-column': { what: 'Hidden columns are not imported.' },
  'sheet-unread': { what: 'Another sheet holds a table too. Only this one is imported.' },
  'sheets-joined': { what: 'A table on several sheets was joined into one.' },
  'notes-unread': { what: 'Comments, notes and footnotes are not imported.' },
  'text-box-unread': { what: 'The text in a text box is not imported.' },
  'page-unread': { what: 'A page that is only a picture is not imported.' },
  'quotes-broken': { what: 'Quotation marks do not close and were read as characters.' },
  'text-shortened': { what: 'A cell that is too long is cut.' },
  truncated: { what: 'There are too many points; only some are shown.' },
};

export const findingWords: Readonly<Record<Language, Readonly<Record<FindingCode, FindingWords>>>> =
  { ja, en };
