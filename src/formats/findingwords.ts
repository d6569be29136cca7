/**
 * Every finding in a sentence, Japanese and English: those of reading a file here, those of the sheet
 * doctor in `checkwords.ts`. The program and the pages say the same words; a code without them does
 * not compile.
 */
import { checkWordsEn, checkWordsJa, type FindingWords } from './checkwords.ts';
import type { FindingCode } from './notice.ts';

export type Language = 'ja' | 'en';

const ja: Readonly<Record<FindingCode, FindingWords>> = {
  ...checkWordsJa,
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
  'formula-uncalculated': {
    what: '計算結果の保存されていない数式があります。Excelで開いて保存し直してください。',
  },
  'page-unread': { what: '画像だけのページは取り込みません。' },
  'quotes-broken': { what: '引用符が閉じていないため、文字として読み取りました。' },
  'text-shortened': { what: '長すぎるセルを途中までで取り込みます。' },
  truncated: { what: '確認が必要な点が多すぎるため、一部だけを示しています。' },
};

const en: Readonly<Record<FindingCode, FindingWords>> = {
  ...checkWordsEn,
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
  'formula-uncalculated': {
    what: 'A formula has no stored result. Open the file in Excel and save it again.',
  },
  'page-unread': { what: 'A page that is only a picture is not imported.' },
  'quotes-broken': { what: 'Quotation marks do not close and were read as characters.' },
  'text-shortened': { what: 'A cell that is too long is cut.' },
  truncated: { what: 'There are too many points; only some are shown.' },
};

export const findingWords: Readonly<Record<Language, Readonly<Record<FindingCode, FindingWords>>>> =
  { ja, en };
