/** Words of 整合の確認. */
import { defineMessages } from '../messages.ts';

export const consistency = defineMessages({
  ja: {
    title: '整合の確認',
    lead: '確定した評価どうしを見比べ、確かめたほうがよいところを挙げています。理由があれば、このままで構いません。',
    back: '会議室へ戻る',
    looked: (decided: number, all: number) => `${all}議題のうち確定した${decided}議題を確認`,
    rules: {
      sameKpi: {
        title: '同じKPIで評価が違う',
        lead: '同じ指標・同じ数値を使う事業に、違う評価が付いています。',
      },
      sameRating: {
        title: '評価が同じでKPIの達成が大きく違う',
        lead: 'KPIをすべて達成した事業と、1つも達成していない事業に、同じ評価が付いています。',
      },
      drift: {
        title: '昨年度から大きく変わった',
        lead: '昨年度の評価と2段階以上違います。',
      },
    },
    kpi: (label: string) => `KPI：${label}`,
    rated: (label: string) => `評価：${label}`,
    lastYear: (label: string) => `昨年度の評価：${label}`,
    project: '事業',
    evidence: 'KPIの達成',
    achieved: (achieved: number, judged: number) => `${judged}件中${achieved}件`,
    noEvidence: '判定できるKPIなし',
    fine: '確かめるところはありません',
    fineText: '確定した評価どうしに、食い違いは見つかりませんでした。',
    nothingYet: '確定した評価はまだありません',
    nothingText: '評価が確定すると、ここで見比べられます。',
    hearing: '意見聴取の会議では、会議としての評価を決めないため、見比べるものはありません。',
    noEarlier: '昨年度の会議が結び付けられていないため、昨年度とは比べていません。',
  },
  en: {
    title: 'Consistency',
    lead: 'Decided ratings side by side, where it may be worth a look. Where there is a reason they can stay as they are.',
    back: 'Back to the room',
    looked: (decided, all) => `${decided} decided of ${all} items`,
    rules: {
      sameKpi: {
        title: 'The same KPI, rated differently',
        lead: 'Projects with the same indicator and the same figures have different ratings.',
      },
      sameRating: {
        title: 'The same rating on very different evidence',
        lead: 'A project that reached all its KPIs and one that reached none have the same rating.',
      },
      drift: {
        title: 'Far from last year',
        lead: 'Two levels or more from last year’s rating.',
      },
    },
    kpi: (label) => `KPI: ${label}`,
    rated: (label) => `Rating: ${label}`,
    lastYear: (label) => `Last year: ${label}`,
    project: 'Project',
    evidence: 'KPIs reached',
    achieved: (achieved, judged) => `${achieved} of ${judged}`,
    noEvidence: 'no KPI can be judged',
    fine: 'Nothing to look at',
    fineText: 'The decided ratings go together.',
    nothingYet: 'Nothing is decided yet',
    nothingText: 'Decided ratings are compared here.',
    hearing: 'A hearing decides on no rating, so there is nothing to compare.',
    noEarlier: 'Last year’s meeting is not linked, so nothing is compared with it.',
  },
});
