/**
 * サンプル会議: nine projects and sixteen KPIs with published figures, under an invented city and
 * with opinions written for Kensho. It goes through the same reader and commands as a real table.
 */
import { usualRules, type MeetingDetails } from '#domain/meeting.ts';
import type { Seat } from '#domain/command.ts';
import type { AccountId, CommandId, Instant, MeetingId } from '#domain/types.ts';
import { parsePasted } from '#formats/table.ts';
import type { Execute } from './execute.ts';

const head = [
  'サンプル市 地方創生事業効果検証会議 令和6年度事業評価結果',
  '',
  'No\t事業名\t所管課\t第3期総合戦略における位置づけ\t重要業績評価指標 (KPI)\t\t\t\t\t\t地方創生事業効果検証会議による評価結果\t',
  '\t\t\t\t指標\t\t【第2期総合戦略】\t\t【第3期総合戦略】\t\t事業効果に対する評価\t意見等',
  '\t\t\t\t\t\t現状値 (R1年度)\t実績値 (R5年度)\t実績値 (R6年度)\t最終目標値 (R8年度)\t\t',
];

const goal = {
  1: '基本目標1 既存産業・資源を活用した魅力的なしごとづくり',
  2: '基本目標2 地域の個性を活かした新たなひとの流れの創出',
  3: '基本目標3 生活の利便性を実感できる安全・安心なまちづくり',
  4: '基本目標4 結婚・出産・子育て支援と教育環境の整備',
} as const;
type Goal = keyof typeof goal;

const main = '総合戦略におけるKPI';
const other = 'その他のKPI';
const results = '【R6実績について】';
const future = '【今後の方針等について】';

type Project = {
  readonly no: string;
  readonly name: string;
  readonly section: string;
  readonly goals: readonly Goal[];
  /** Kind, label, then R1, R5, R6 and the final target. */
  readonly kpis: readonly (readonly [string, string, string, string, string, string])[];
  readonly rating: string;
  readonly results: readonly string[];
  readonly future: readonly string[];
};

const very = '地方創生に非常に効果があった';
const fairly = '地方創生に相当程度効果があった';
const some = '地方創生に効果があった';
const digital = '情報戦略課';
const promotion = 'シティプロモーション課';
const platform = [
  main,
  'デジタル情報プラットフォームの登録者数（累計）',
  '9,825',
  '28,873',
  '33,383',
  '27,306',
] as const;
const settlers = [main, '市外からの移住者数(累計)', '—', '220世帯', '254世帯', '224世帯'] as const;

const projects: readonly Project[] = [
  {
    no: '1-1',
    name: 'デジタル未来アート事業',
    section: digital,
    goals: [1, 4],
    kpis: [
      [main, '地元ICT企業等による新規コンテンツ開発数', '5件', '7件', '9件', '5件以上'],
      [other, 'イベント来場者数', '647人', '4,858人', '5,253人', '5,000人程度'],
      [other, '来場者の会津大学等への興味関心度', '—', '82%', '82%', '85%以上'],
    ],
    rating: very,
    results: [
      '作品の数も来場者も目標を上回り、三年目の事業として軌道に乗ったとみてよい。',
      '来場者の関心度が前年から動いていない。何に関心を持ったのかを次は尋ねてほしい。',
    ],
    future: ['作品づくりに加わった企業の側の手応えも、次の報告に加えてほしい。'],
  },
  {
    no: '1-2',
    name: '地域課題解決型先端サービス実装化支援事業',
    section: digital,
    goals: [1, 2, 3, 4],
    kpis: [[main, '人口の社会動態/年(1~12月)', '-490人', '-620人', '-419人', '-180人']],
    rating: fairly,
    results: ['転出超過は前年より縮んだが、目標までの道のりはなお長い。'],
    future: [
      '人口の動きはこの事業だけでは決まらない。支援した企業の数など近い指標も置くべきである。',
      '支援が終わった後に続いているサービスの数を追ってほしい。',
    ],
  },
  {
    no: '2-1',
    name: '移住支援金',
    section: promotion,
    goals: [2, 4],
    kpis: [settlers, [other, '移住相談件数(年間)', '—', '363件', '323件', '240件']],
    rating: very,
    results: [
      '最終目標を二年早く超えた。相談件数は減っており、相談から移住への歩留まりは上がった。',
    ],
    future: ['目標を超えた後の物差しとして、三年後に住み続けている世帯の割合を加えてほしい。'],
  },
  {
    no: '2-2',
    name: '住宅取得支援事業補助金',
    section: promotion,
    goals: [2],
    kpis: [settlers],
    rating: some,
    results: ['移住支援金と同じ指標であり、この補助金に固有の効果が読み取れない。'],
    future: ['申請に至らなかった相談の理由を集め、要件を見直す材料にしてほしい。'],
  },
  {
    no: '3-1',
    name: 'オンライン診療推進事業',
    section: digital,
    goals: [3],
    kpis: [
      [main, 'オンライン診療を行う医療機関等数', '—', '5施設', '6施設', '10施設'],
      [main, 'オンライン診療を受ける受診者数', '—', '64名', '61名', '120名'],
    ],
    rating: fairly,
    results: ['施設は一つ増えたが、受診者は減った。使い始めるときの手助けが足りていない。'],
    future: ['通院に時間のかかる地区から順に、説明の場を開いてほしい。'],
  },
  {
    no: '3-2',
    name: 'スマートシティサービス共創推進事業',
    section: digital,
    goals: [3],
    kpis: [[main, 'スマートシティサポーター登録者数', '—', '129人', '179人', '400人']],
    rating: some,
    results: ['登録者は伸びているが、この歩みでは目標の年に届かない。'],
    future: ['登録した人が実際に何をしたかを、数ではなく事例で示してほしい。'],
  },
  {
    no: '3-3',
    name: '複数分野のデータ連携による共助型スマートシティ推進事業（会津若松プラス運用事業）',
    section: digital,
    goals: [3],
    kpis: [platform],
    rating: very,
    results: ['登録者は最終目標を大きく超えた。目標の置き方が低かったとも言える。'],
    future: ['登録の数から、月に一度でも使う人の数へ、見る数字を移す時期である。'],
  },
  {
    no: '3-4',
    name: '複数分野のデータ連携による共助型スマートシティ推進事業（デジタル田園都市国家構想交付金事業）',
    section: digital,
    goals: [3],
    kpis: [platform],
    rating: fairly,
    results: ['運用事業と同じ指標で二度測っている。交付金で新しくできたことを分けて示してほしい。'],
    future: ['連携したサービスごとの利用の差を次の会議で報告してほしい。'],
  },
  {
    no: '4-1',
    name: '結婚支援事業',
    section: promotion,
    goals: [4],
    kpis: [
      [
        main,
        '「結婚支援事業」をきっかけに、婚活を前向きに捉えられるようになった参加者の割合',
        '75%',
        '92%',
        '100%',
        '100%',
      ],
      [
        other,
        '婚活セミナー・婚活イベントの募集定員数に対する参加者数の割合',
        '77名',
        '113名',
        '43%',
        '80%',
      ],
      [other, '研修会に参加した現代版仲人の割合', '—', '42%', '44%', '80%'],
      [other, '現代版仲人養成講座を受講し現代版仲人に登録した人の割合', '—', '58%', '83%', '50%'],
    ],
    rating: some,
    results: ['前向きになった人の割合は満点だが、参加者は定員の半分に届かない。'],
    future: ['指標の単位が途中で人数から割合に変わっている。どちらかに揃えてほしい。'],
  },
];

/** The table as an office would paste it. */
export function sampleTable(): string {
  const rows = projects.flatMap((project) =>
    project.kpis.map((kpi, index) => {
      const first = index === 0;
      const opinions = [
        results,
        ...project.results.map((text) => `・${text}`),
        future,
        ...project.future.map((text) => `・${text}`),
      ].join('\n');
      const lead = first
        ? [project.no, project.name, project.section, project.goals.map((g) => goal[g]).join(' ')]
        : ['', '', '', ''];
      const tail = first ? [project.rating, `"${opinions}"`] : ['', ''];
      return [...lead, ...kpi, ...tail].join('\t');
    }),
  );
  return [...head, ...rows].join('\r\n');
}

const sampleDetails: Omit<MeetingDetails, 'heldOn'> = {
  title: '令和7年度 第1回 地方創生事業効果検証会議',
  municipality: 'サンプル市',
  evaluatedYear: 2024,
  place: '市役所本庁舎3階 第1会議室',
  ...usualRules,
  chairVotes: true,
};

/** The invented people of the sample, the secretariat's own seat left out. */
export const samplePeople: readonly Seat[] = [
  { name: '高橋 恵子', role: 'chair', affiliation: '大学（学識経験者）' },
  { name: '田中 誠', role: 'member', affiliation: '商工会議所（産業界）' },
  { name: '鈴木 陽子', role: 'member', affiliation: '信用金庫（金融機関）' },
  { name: '山本 健', role: 'member', affiliation: '労働団体' },
  { name: '中村 彩', role: 'member', affiliation: '地元新聞社（メディア）' },
  { name: '渡辺 直樹', role: 'section', affiliation: digital },
  { name: '小林 文', role: 'observer', affiliation: '傍聴' },
];

/** Founds the sample meeting in the name of `founder`, with its people and items. */
export function fillSample(
  parts: {
    readonly execute: Pick<Execute, 'found' | 'run'>;
    readonly clock: () => Instant;
    readonly newId: () => string;
  },
  founder: { readonly accountId: AccountId; readonly name: string },
  changes: Partial<MeetingDetails> = {},
): MeetingId {
  const { execute, clock, newId } = parts;
  const read = parsePasted({ text: sampleTable() });
  if (!read.ok) throw new Error(`the sample table cannot be read: ${read.code}`);
  const { projects: sheets, captions } = read.table;
  const heldOn = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(clock());
  const meetingId = execute.found(founder, { ...sampleDetails, heldOn, ...changes });
  const commands = [
    ...samplePeople.map((seat) => ({ type: 'addParticipant', seat })),
    { type: 'importItems', sheets, captions, mode: 'replace' },
  ];
  for (const command of commands) {
    const ack = execute.run({ meetingId, id: newId() as CommandId, command }, founder);
    if (!ack.ok) throw new Error(`the sample meeting is refused: ${ack.refused}`);
  }
  return meetingId;
}
