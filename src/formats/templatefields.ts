/**
 * 差し込み項目: every name an office may write between {{ and }} in a Word template of its own, and
 * inside which loop. The page, `docs/templates.md` and the check of a template all read this list.
 */

/** Bytes of a template, and problems told about it, at most. */
export const templateLimits = { bytes: 2 * 1024 * 1024, problems: 50 } as const;

/** A field prints one text; a field with `fields` is a loop, {{#名}} … {{/名}}. */
export type TemplateField = {
  readonly name: string;
  readonly about: string;
  readonly fields?: readonly TemplateField[];
};

const field = (name: string, about: string, fields?: readonly TemplateField[]): TemplateField =>
  fields ? { name, about, fields } : { name, about };

const yearFields = [
  field('年度', '令和6年度、当初'),
  field('目標', 'その年度の目標値（原表記）'),
  field('実績', 'その年度の実績値（原表記）'),
  field('目標の増減', '目標値の増減（原表記）'),
  field('実績の増減', '実績値の増減（原表記）'),
  field('年度の判定', '達成・未達成・途中・未計測'),
] as const;

const kpiFields = [
  field('KPI番号', '①、② …（原表の番号、なければ順番）'),
  field('KPI種別', '総合戦略におけるKPI、アウトカム など'),
  field('指標', '指標の名称'),
  field('単位', '件、人、% など'),
  field('望ましい方向', '増加・減少・ゼロ・維持'),
  field('基準値', '基準値（原表記）'),
  field('基準年度', '基準値の年度'),
  field('目標値', '評価対象年度の目標値。なければ最終目標値（年度付き）'),
  field('実績値', '評価対象年度の実績値（原表記）'),
  field('最終目標値', '最終目標値（原表記）'),
  field('最終目標年度', '最終目標値の年度'),
  field('判定', '達成・未達成・途中・未計測（Kenshoの算定）'),
  field('達成率', '達成率（Kenshoの算定、%）'),
  field('算定式', '実績÷目標 など、達成率の算定式'),
  field('原表の判定', '取り込んだ表に記載された判定'),
  field('原表の達成率', '取り込んだ表に記載された達成率'),
  field('KPIの説明', '未達成の理由などの記述'),
  field('年度別', '年度ごとの目標と実績（繰り返し）', yearFields),
] as const;

const projectFields = [
  field('番号', '事業番号'),
  field('事業名', '事業の名称'),
  field('所管課', '所管課（複数は「、」区切り）'),
  field('位置づけ', '総合戦略における位置づけ（1行に1つ）'),
  field('柱', '柱の名称'),
  field('事業概要', '事業概要'),
  field('決算額', '決算額（1,234,000円）'),
  field('評価', '確定した評価'),
  field('KPIの注記', 'KPIを省略した理由など'),
  field('KPI', '事業のKPI（繰り返し）', kpiFields),
  field('意見等', '意見等の見出しごと（繰り返し）', [
    field('見出し', '【R6実績について】 など'),
    field('意見', '見出しの下の意見（繰り返し）', [
      field('意見の本文', '意見1件の文'),
      field('対応方針', '所管課の対応方針（回答がなければ空）'),
      field('対応期限', '対応方針の期限'),
    ]),
  ]),
  field('定性効果', '事業・柱全体の定性効果（繰り返し）', [field('効果', '効果1件の文')]),
  field('取組', '各事業及び成果（繰り返し）', [
    field('取組名', '取組の名称'),
    field('取組の定量効果', '定量効果（1行に1つ）'),
    field('取組の定性効果', '定性効果（1行に1つ）'),
  ]),
  field('年度計画', '年度ごとの計画と実施（繰り返し）', [
    field('計画年度', '令和6年度'),
    field('計画内容', '計画した内容'),
    field('実施内容', '実施した内容'),
  ]),
] as const;

/** All fields, outermost first; a name is used once in the whole tree, so it never hides another. */
export const templateFields: readonly TemplateField[] = [
  field('団体名', '市区町村等の名称'),
  field('会議の名称', '会議の名称'),
  field('表題', '評価結果の表題'),
  field('開催日', '令和7年8月20日（水）'),
  field('場所', '会議の場所'),
  field('評価対象年度', '令和6年度'),
  field('評価対象年度（西暦）', '2024'),
  field('事業数', '事業の数'),
  field('事業', '事業（繰り返し）', projectFields),
];

/** The loops around each field, outermost first; undefined for a name that is not on the list. */
export function loopsOf(name: string): readonly string[] | undefined {
  return places.get(name)?.loops;
}

/** Whether a name is a loop with fields of its own. */
export const isLoop = (name: string): boolean => places.get(name)?.loop === true;

const places = new Map<string, { readonly loops: readonly string[]; readonly loop: boolean }>();
function list(fields: readonly TemplateField[], loops: readonly string[]): void {
  for (const { name, fields: inner } of fields) {
    places.set(name, { loops, loop: inner !== undefined });
    if (inner) list(inner, [...loops, name]);
  }
}
list(templateFields, []);
