/** Minutes to write: a whole meeting in small, with names that are none. */
import type { Minutes, MinutesItem } from '#domain/minutes.ts';

/** An instant of the meeting day in Japan. */
export const at = (time: string) => Date.parse(`2025-08-20T${time}:00+09:00`);

const rated: MinutesItem = {
  no: '1-1',
  title: 'デジタル未来アート事業',
  sections: ['情報戦略課'],
  state: 'decided',
  recused: [],
  kpis: [
    {
      mark: null,
      label: '地元ICT企業等による新規コンテンツ開発数',
      figures: [
        { caption: '基準値 (R1年度)', text: '5件' },
        { caption: '実績値 (R6年度)', text: '9件' },
        { caption: '最終目標値 (R8年度)', text: '5件以上' },
      ],
      judgement: '達成',
    },
    {
      mark: null,
      label: 'イベント来場者数',
      figures: [
        { caption: '基準値 (R1年度)', text: '647人' },
        { caption: '実績値 (R6年度)', text: '5,253人' },
        { caption: '最終目標値 (R8年度)', text: '5,000人程度' },
      ],
      judgement: '達成',
    },
  ],
  statements: [
    { speaker: '情報戦略課', text: '資料1に基づき、事業の概要と指標の推移を説明した。' },
    {
      speaker: '委員A',
      text: '来場者が増えたことは評価できる。参加した児童がその後も学び続けているかを確かめる方法はあるか。',
    },
    { speaker: '情報戦略課', text: '来年度から、参加者への追跡調査を行う予定である。' },
  ],
  rounds: [
    {
      number: 1,
      ballot: 'secret',
      openedAt: at('10:20'),
      closedAt: at('10:24'),
      eligible: 5,
      criteria: [
        {
          criterion: '事業効果に対する評価',
          options: [
            { label: '地方創生に非常に効果があった', count: 3 },
            { label: '地方創生に相当程度効果があった', count: 1 },
            { label: '地方創生に効果があった', count: 0 },
            { label: '地方創生に効果がなかった', count: 0 },
          ],
          abstained: 1,
          absent: 0,
          ballots: null,
        },
      ],
    },
  ],
  decisions: [
    {
      criterion: '事業効果に対する評価',
      label: '地方創生に非常に効果があった',
      method: 'majority',
      reason: '指標がいずれも最終目標に達しており、反対の意見もなかったため。',
      decidedAt: at('10:26'),
    },
  ],
  notes: [],
  opinions: [
    {
      heading: '【R6実績について】',
      text: '来場者が前の年度を上回り、開発されたコンテンツの数も目標に届いている。地域の企業と大学が同じ場で教える形が定着してきたことを評価する。',
    },
    {
      heading: '【今後の方針等について】',
      text: '興味関心度の調査は、来場の前と後で比べられるようにしてほしい。',
    },
  ],
};

export const minutes: Minutes = {
  kind: 'summary',
  state: 'draft',
  organisation: '令和7年度　会津若松市まち・ひと・しごと創生包括連携協議会',
  title: '第1回　地方創生事業効果検証会議',
  day: '2025-08-20',
  openedAt: at('10:00'),
  closedAt: at('11:45'),
  place: '市役所本庁舎3階　第1会議室',
  attendance: {
    present: ['産業界1人', '学識経験者1人', '金融機関1人', '労働団体1人', 'メディア1人'],
    absent: ['教育機関1人'],
    secretariat: ['企画調整課'],
    sections: ['情報戦略課', 'シティプロモーション課'],
  },
  quorum: { rule: 'moreThanHalf', eligible: 6, present: 5, required: 4, met: true },
  openness: '公開',
  visitors: 2,
  materials: ['資料1　令和6年度事業評価シート', '資料2　評価結果（案）'],
  opening: ['会長があいさつを行った。'],
  items: [
    rated,
    {
      ...rated,
      no: '2-1',
      title: '移住支援金',
      sections: ['シティプロモーション課'],
      recused: ['委員B'],
      statements: [],
      kpis: [],
      rounds: [
        ...rated.rounds.map((round) => ({
          ...round,
          ballot: 'named' as const,
          criteria: round.criteria.map((tally) => ({
            ...tally,
            ballots: [
              { voter: '委員A', choice: '地方創生に非常に効果があった' },
              { voter: '委員C', choice: '棄権' },
            ],
          })),
        })),
        ...rated.rounds.map((round) => ({ ...round, number: 2 })),
      ],
      notes: [{ at: at('10:50'), text: '同日に確定した評価を、集計の誤りのため取り消した。' }],
    },
    {
      no: null,
      title: '総合戦略の改定について',
      sections: [],
      state: 'deferred',
      recused: [],
      kpis: [],
      statements: [{ speaker: '事務局', text: '改定の日程を説明した。' }],
      rounds: [],
      decisions: [],
      notes: [],
      opinions: [],
    },
  ],
  other: [],
  closing: [],
  signers: [{ name: '委員A', signedAt: null }],
  next: '令和7年11月（予定）',
  contact: '企画調整課',
  record: { count: 214, head: '3f7a9c0de1b2448596c7d8e9f0a1b2c33f7a9c0de1b2448596c7d8e9f0a1b2c3' },
};
