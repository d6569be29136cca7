/**
 * Header words: what a caption says its column holds, and of which year. Knows single captions with
 * the one above them; which rows are the header is decided elsewhere.
 */
import { datedRoles, type ColumnRole, type MappedColumn } from '#domain/mapping.ts';
import { findYears, parseYear } from './year.ts';

/** Tried in this order on the caption without years, brackets and white space. */
const words: readonly (readonly [ColumnRole, RegExp])[] = [
  ['no', /^(?:事業|整理|通し)?(?:No\.?|№|番号)$|^(?:項番|#)$/i],
  [
    'name',
    /^(?:交付(?:金|対象)?|実施|個別|細|主な|具体的な?)?(?:事業|取組|取り組み|施策|プロジェクト)の?(?:名称?|等)?$/,
  ],
  [
    'section',
    /^(?:所管|担当|主管|実施|関係|主担当)(?:部署|部局|部?課|課室|課等|局|所属|係)?(?:\/.*)?名?$|^(?:部署|所属|課|部局)名?$/,
  ],
  [
    'goal',
    /総合戦略.*位置[づ付]け|^位置[づ付]け$|^(?:基本|重点|政策)目標|^(?:施策|政策)(?:体系|区分|分野|の柱)$/,
  ],
  ['overview', /^(?:事業|取組|取り組み)?の?(?:目的・|実施)?(?:概要|内容|目的)$/],
  ['cost', /^(?:総|交付対象|実績)?(?:決算額|事業費|執行額)(?:実績額?|決算額?)?$|^実績額$/],
  ['kind', /^(?:KPI|指標)?の?(?:種別|種類|区分)$/i],
  ['unit', /^単位$/],
  ['judgement', /^(?:KPI)?(?:の?達成(?:状況|の?可否|の?有無|区分|判定)|判定)$|^達成[・/]未達成$/i],
  ['rate', /達成率|達成度|進捗率/],
  [
    'label',
    /^(?:重要業績評価|成果|数値|評価|活動)?指標(?:名|項目|内容)?$|^KPI(?:名|設定|指標|項目|内容|指標名)?$|^(?:数値)?目標(?:項目|内容|指標)$|^当初目標内容$/i,
  ],
  ['finalTarget', /最終.*目標|目標.*最終|計画(?:期間)?終了.*目標/],
  [
    'baseline',
    /^(?:KPI)?(?:現状|現況|基準年?|当初|計画当初|策定時|開始時)(?:の)?(?:値|数値|実績値?)?$/i,
  ],
  ['target', /^(?:KPI)?の?(?:年度|数値|単年度)?(?:目標|計画)(?:値|数値|数|額)?$/i],
  ['actual', /^(?:KPI)?の?(?:年度|単年度)?(?:実績|成果|結果)(?:値|数値|数)?$/i],
  [
    'rating',
    /効果に対する評価|^事業の?効果$|^地方創生(?:への|に対する)効果$|^(?:総合|外部|事業|有識者|自己|内部|最終|委員会)?評価(?:区分|結果|ランク)?$/,
  ],
  ['opinions', /意見|所見|講評|提言/],
  [
    'comment',
    /^備考$|^摘要$|^説明$|^コメント$|(?:理由|要因)|改善点|今後の(?:展望|対応|方針|取組|取り組み|方向性)|^課題/,
  ],
];

/** The meaning of a caption; `group` stands over it. Null where neither is understood. */
export function readCaption(caption: string, group: string | null = null): MappedColumn | null {
  if (caption.length > 80) return null;
  const key = group === null ? caption : `${caption}\n\n${group}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const meaning = understand(caption, group);
  if (read.size >= READ) read.clear();
  read.set(key, meaning);
  return meaning;
}

/** Five hundred forms in one file say the same captions five hundred times. */
const read = new Map<string, MappedColumn | null>();
const READ = 5_000;

function understand(caption: string, group: string | null): MappedColumn | null {
  const own = findRole(caption);
  const above = group === null ? null : findRole(group);
  // 目標値 over R5 and R6: the year alone says nothing.
  const onlyYear = own === null && parseYear(caption) !== null;
  const role = own ?? (onlyYear ? above : null);
  if (role === null) return null;
  if (!datedRoles.includes(role)) return { role, year: null };
  return { role, year: parseYear(caption) ?? (group === null ? null : parseYear(group)) };
}

function findRole(caption: string): ColumnRole | null {
  const plain = caption.normalize('NFKC').replace(/\s+/g, '');
  // 評価(達成○ 未達成×) is no rating: the brackets say what is written there.
  if (/^評価.{0,4}[({【_].*(?:達成|[○〇◯×])/.test(plain)) return 'judgement';
  let bare = plain;
  for (const { text } of findYears(plain)) bare = bare.replace(text, '');
  bare = bare
    .replace(/[(【[{〈<][^)】\]}〉>]*[)】\]}〉>]/g, '')
    .replace(/^[・:\-_/]+|[・:\-_/]+$|^の/g, '');
  for (const text of [plain, bare])
    for (const [role, pattern] of words) if (pattern.test(text)) return role;
  return null;
}
