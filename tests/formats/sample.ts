/**
 * A result table to write and read back: the project names and figures of a published one, with
 * opinions of our own.
 */
import type { EvaluationTable, Kpi, ProjectSheet, Quantity, SeriesPoint } from '#domain/sheet.ts';

/** A quantity as the reading side makes it of a plain figure; `—` and the like have no value. */
export function quantity(text: string): Quantity {
  const match = /^([-▲]?)([\d,]+(?:\.\d+)?)(.*?)(以上|以下|程度|増)?$/.exec(text);
  if (!match) return { text, value: null, unit: null, qualifier: null };
  const [, sign, digits = '', unit, qualifier] = match;
  const value = Number(digits.replaceAll(',', '')) * (sign ? -1 : 1);
  return { text, value, unit: unit || null, qualifier: qualifier ?? null };
}

function point(year: number, target: Quantity | null, actual: Quantity | null): SeriesPoint {
  return { year, target, actual, targetDelta: null, actualDelta: null, statedJudgement: null };
}

/** A KPI of the sample: R1 baseline, R5 and R6 actuals, R8 final target. */
export function kpi(kind: string, label: string, figures: readonly string[]): Kpi {
  const [baseline = null, r5 = null, r6 = null, final = null] = figures.map(quantity);
  return {
    mark: null,
    kind,
    label,
    unit: final?.unit ?? null,
    direction: null,
    baseline,
    baselineYear: 2019,
    finalTarget: final,
    finalTargetYear: 2026,
    series: [
      point(2019, null, baseline),
      point(2023, null, r5),
      point(2024, null, r6),
      point(2026, final, null),
    ],
    statedRate: null,
    statedJudgement: null,
    comment: null,
  };
}

export function project(sheet: Partial<ProjectSheet>): ProjectSheet {
  return {
    no: null,
    name: null,
    sections: [],
    strategyGoals: [],
    pillar: null,
    overview: null,
    costYen: null,
    kpis: [],
    rating: null,
    ratingText: null,
    opinions: [],
    ...sheet,
  };
}

const achieved = '【R6実績について】';
const policy = '【今後の方針等について】';
const goals = [
  '基本目標1 既存産業・資源を活用した魅力的なしごとづくり',
  '基本目標2 地域の個性を活かした新たなひとの流れの創出',
  '基本目標3 生活の利便性を実感できる安全・安心なまちづくり',
  '基本目標4 結婚・出産・子育て支援と教育環境の整備',
] as const;
const strategyKpi = '総合戦略におけるKPI';
const otherKpi = 'その他のKPI';

export const projects: readonly ProjectSheet[] = [
  project({
    no: '1-1',
    name: 'デジタル未来アート事業',
    sections: ['情報戦略課'],
    strategyGoals: [goals[0], goals[3]],
    kpis: [
      kpi(strategyKpi, '地元ICT企業等による新規コンテンツ開発数', ['5件', '7件', '9件', '5件以上']),
      kpi(otherKpi, 'イベント来場者数', ['647人', '4,858人', '5,253人', '5,000人程度']),
      kpi(otherKpi, '来場者の会津大学等への興味関心度', ['—', '82%', '82%', '85%以上']),
    ],
    rating: 4,
    ratingText: '地方創生に非常に効果があった',
    opinions: [
      {
        heading: achieved,
        text: '来場者が前の年度を上回り、開発されたコンテンツの数も目標に届いている。地域の企業と大学が同じ場で子どもたちに教える形が定着してきたことを評価する。',
      },
      {
        heading: achieved,
        text: '会場に来られない家庭への配慮として、作品をオンラインでも公開したことは良い工夫である。一方、参加した児童のその後の学びにつながっているかは、この指標だけでは分からない。',
      },
      {
        heading: policy,
        text: '興味関心度の調査は、来場の前と後で同じ問いを用いて比べられるようにしてほしい。',
      },
      {
        heading: policy,
        text: '運営を担う人材が限られているため、学生の参加を単位として認めるなど、続けられる仕組みを検討されたい。',
      },
    ],
  }),
  project({
    no: '1-2',
    name: '地域課題解決型先端サービス実装化支援事業',
    sections: ['情報戦略課'],
    strategyGoals: goals,
    kpis: [kpi(strategyKpi, '人口の社会動態/年(1~12月)', ['-490人', '-620人', '-419人', '-180人'])],
    rating: 3,
    ratingText: '地方創生に相当程度効果があった',
    opinions: [
      {
        heading: achieved,
        text: '社会動態の減少幅は縮まったが、この事業がどこまで寄与したのかは説明が必要である。',
      },
      {
        heading: policy,
        text: '補助を受けた企業の雇用者数など、事業の結果が直接あらわれる指標を加えるべきである。',
      },
      {
        heading: policy,
        text: '実装したサービスを市民が使い続けているかを、年に一度は確かめてほしい。',
      },
    ],
  }),
  project({
    no: '2-1',
    name: '移住支援金',
    sections: ['シティプロモーション課'],
    strategyGoals: [goals[1], goals[3]],
    kpis: [
      kpi(strategyKpi, '市外からの移住者数(累計)', ['—', '220世帯', '254世帯', '224世帯']),
      kpi(otherKpi, '移住相談件数(年間)', ['—', '363件', '323件', '240件']),
    ],
    rating: 4,
    ratingText: '地方創生に非常に効果があった',
    opinions: [
      { heading: achieved, text: '移住世帯が最終目標をすでに超えている。' },
      {
        heading: achieved,
        text: '相談は減ったが、移住に結びつく割合は上がっており、窓口の対応が良くなったと受け止めている。',
      },
      {
        heading: policy,
        text: '目標に届いたのだから、定住の継続など次の段階の指標に改めてほしい。',
      },
    ],
  }),
  project({
    no: '3-3',
    name: '複数分野のデータ連携による共助型スマートシティ推進事業（会津若松プラス運用事業）',
    sections: ['情報戦略課', '高齢福祉課'],
    strategyGoals: [goals[2]],
    kpis: [
      kpi(strategyKpi, 'デジタル情報プラットフォームの登録者数（累計）', [
        '9,825',
        '28,873',
        '33,383',
        '27,306',
      ]),
    ],
    rating: null,
    ratingText: null,
    opinions: [],
  }),
  project({
    no: '4-1',
    name: '結婚支援事業',
    sections: ['シティプロモーション課'],
    strategyGoals: [goals[3]],
    kpis: [
      kpi(
        strategyKpi,
        '「結婚支援事業」をきっかけに、婚活を前向きに捉えられるようになった参加者の割合',
        ['75%', '92%', '100%', '100%'],
      ),
      kpi(otherKpi, '婚活セミナー・婚活イベントの募集定員数に対する参加者数の割合', [
        '77名',
        '113名',
        '43%',
        '80%',
      ]),
      kpi(otherKpi, '研修会に参加した現代版仲人の割合', ['—', '42%', '44%', '80%']),
      kpi(otherKpi, '現代版仲人養成講座を受講し現代版仲人に登録した人の割合', [
        '—',
        '58%',
        '83%',
        '50%',
      ]),
    ],
    rating: 2,
    ratingText: '地方創生に効果があった',
    opinions: [
      { heading: achieved, text: '仲人の登録が進み、地域で支える体制が広がった。' },
      {
        heading: policy,
        text: '同じ指標の単位が途中の年度から変わっている。比べられるように過去の値も割合で示すこと。',
      },
    ],
  }),
];

export const table: EvaluationTable = {
  layout: 'result-table',
  title:
    '令和7年度会津若松市まち・ひと・しごと創生包括連携協議会 地方創生事業効果検証会議 令和6年度事業評価結果',
  municipality: '会津若松市',
  fiscalYear: 2024,
  captions: {
    strategy: '第3期総合戦略における位置づけ',
    figures: [
      { group: '【第2期総合戦略】', caption: '現状値 (R1年度)', role: 'baseline', year: 2019 },
      { group: '【第2期総合戦略】', caption: '実績値 (R5年度)', role: 'actual', year: 2023 },
      { group: '【第3期総合戦略】', caption: '実績値 (R6年度)', role: 'actual', year: 2024 },
      {
        group: '【第3期総合戦略】',
        caption: '最終目標値 (R8年度)',
        role: 'finalTarget',
        year: 2026,
      },
    ],
    rating: '事業効果に対する評価',
    ratingGroup: '地方創生事業効果検証会議による評価結果',
  },
  projects,
  findings: [],
};
