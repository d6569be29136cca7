/** Words of 事前評価 on the member's side: own rating, KPIからみた目安, drafts, 自己評価. */
import type { Hole } from '#domain/guide.ts';
import { defineMessages } from '../messages.ts';

export const preview = defineMessages({
  ja: {
    title: '事前評価',
    noticeTitle: '事前評価の期間です',
    noticeMember:
      '事業シートを読み、議題ごとに評価と意見の下書きを保存してください。どちらも、あなた以外には見えません。会議の当日に変更できます。',
    noticeOther:
      '委員が事業シートを読み、評価と意見の下書きを準備しています。会議はまだ始まっていません。',
    noticeSection: '委員からの質問に、事業シートの「質問と回答」で答えてください。',
    progress: (done: number, total: number) => `評価済み ${done}/${total}議題`,
    allDone: 'すべての議題の評価を保存しました。',
    next: '次の未評価の議題へ',
    tab: '評価',
    draftsTab: '下書き',

    own: '自分の事前評価',
    ownHint: 'あなただけが見られます。事務局には、評価したかどうかだけが分かります。',
    ownRoom: '投票が始まるまで変更できます。会長が表示するときは、名前のない分布だけが示されます。',
    ownHearing:
      '個別評価が始まるまで変更できます。会長が表示するときは、名前のない分布だけが示されます。',
    save: '評価を保存する',
    stored: '保存済み',
    storedAs: (choices: readonly string[]) => `保存した評価：${choices.join('・')}`,
    changed: '変更はまだ保存していません。',
    choose: (names: readonly string[]) => `「${names.join('」「')}」を選んでください。`,
    unchanged: '保存した評価から変わっていません。',
    rated: '評価済',
    unrated: '未評価',
    queued: 'つながったときに保存します。この画面を閉じないでください。',
    abstain: '棄権',

    guide: 'KPIからみた目安',
    guideNote: '参考です。KPIの数値だけから機械的に求めたもので、評価を決めるものではありません。',
    generation: {
      '2015': '平成27年度の定義による',
      '2016': '平成28年度の定義による',
    },
    levels: {
      '4': '地方創生に非常に効果があった',
      '3': '地方創生に相当程度効果があった',
      '2': '地方創生に効果があった',
      '1': '地方創生に効果がなかった',
    },
    cannotTell: '判断できない',
    rules: {
      '2015': {
        '4': 'KPIが目標値に達している',
        '3': 'KPIの実績が目標値の7～8割である',
        '2': 'KPIは目標値に達していないが、開始前より改善している',
        '1': 'KPIが開始前より悪化している',
      },
      '2016': {
        '4': 'すべてのKPIが目標に達している',
        '3': '一部のKPIが目標に達していないが、開始前より前進している',
        '2': '目標に達したKPIはないが、すべてが開始前より前進している',
        '1': '目標に達したKPIがなく、開始前より悪化しているか、変わっていない',
      },
    },
    holes: {
      'no-kpi': 'KPIがありません。',
      'not-judged':
        '実績・目標・望ましい方向のどれかが分からず、達成したかを判定できないKPIがあります。',
      between:
        '実績が目標値の8割を超え、目標に達していないKPIがあります。この範囲は定義にありません。',
      'no-baseline': '開始前の値が分からず、改善したかを言えないKPIがあります。',
      unmoved: '開始前から変わっていないKPIがあります。この場合は定義にありません。',
      disagree: 'KPIによって結果が分かれています。',
    } satisfies Record<Hole, string>,
    deciding: '決め手になったKPI',
    reason: '理由',
    rule: '定義',
    guideFailed: '目安を読み込めませんでした。',
    retry: 'もう一度読み込む',

    drafts: '意見の下書き',
    draftsHint:
      'あなただけが見られます。入力すると自動で保存され、会議の当日に意見等へ載せられます。1行が1つの意見になります。',
    draftOf: (heading: string) => `${heading}の下書き`,
    draftSaved: '下書き：保存済み',
    draftSaving: '下書き：保存中',
    draftWaiting: '下書き：まだ保存できていません。自動でやり直します。',
    draftRefused: 'この議題には下書きを保存できなくなりました。文章を控えてください。',
    post: 'この下書きを意見に載せる',
    postFor: (heading: string) => `${heading}：この下書きを意見に載せる`,
    posted: (count: number) => `${count}件の意見を載せました。下書きは消えます。`,
    posting: '意見に載せています。保存されるまで下書きは残ります。',
    postEmpty: '下書きがまだありません。',
    postLater: '意見等が開いたら載せられます。',
    length: (used: number, limit: number) =>
      `${used.toLocaleString('ja')}/${limit.toLocaleString('ja')}文字`,

    self: '所管課の自己評価',
    selfBy: (name: string) => `記入：${name}`,
    selfEvidence: '根拠',
    selfEvidenceHint: '実績の数値や資料の名前など、評価の根拠を書いてください。',
    selfNone: '自己評価はまだありません。',
    selfWrite: '自己評価を書く',
    selfChange: '自己評価を書き直す',
    selfSave: '自己評価を保存する',
    selfSaved: '自己評価を保存しました。参加者が読めます。',
    selfMissing: '根拠を入力してください。',
  },
  en: {
    title: 'Preview',
    noticeTitle: 'The preview is open',
    noticeMember:
      'Read the sheets and save a rating and drafts of your opinions for each item. Nobody but you sees either. You can change them on the day.',
    noticeOther: 'Members are reading the sheets and preparing. The meeting has not begun.',
    noticeSection: 'Answer the members’ questions under “Questions and answers” of each sheet.',
    progress: (done, total) => `${done} of ${total} items rated`,
    allDone: 'You have rated every item.',
    next: 'To the next item not rated',
    tab: 'Rating',
    draftsTab: 'Drafts',

    own: 'Your private rating',
    ownHint: 'Only you see it. The secretariat learns whether you have rated, never how.',
    ownRoom:
      'You can change it until the ballot opens. If the chair shows it, only a distribution without names is shown.',
    ownHearing:
      'You can change it until the individual rating begins. If the chair shows it, only a distribution without names is shown.',
    save: 'Save the rating',
    stored: 'Saved',
    storedAs: (choices) => `Saved rating: ${choices.join(', ')}`,
    changed: 'Your change is not saved yet.',
    choose: (names) => `Choose for “${names.join('”, “')}”.`,
    unchanged: 'It is the same as the saved one.',
    rated: 'Rated',
    unrated: 'Not rated',
    queued: 'It will be saved once the line is back. Do not close this page.',
    abstain: 'Abstain',

    guide: 'Level suggested by the KPIs',
    guideNote: 'For orientation: computed from the KPI figures alone. It decides nothing.',
    generation: { '2015': 'By the definition of 2015', '2016': 'By the definition of 2016' },
    levels: {
      '4': 'Very effective',
      '3': 'Considerably effective',
      '2': 'Effective',
      '1': 'Not effective',
    },
    cannotTell: 'Cannot tell',
    rules: {
      '2015': {
        '4': 'The KPI has reached its target',
        '3': 'The KPI has reached 70 to 80 % of its target',
        '2': 'The KPI is short of its target but better than before',
        '1': 'The KPI is worse than before',
      },
      '2016': {
        '4': 'Every KPI has reached its target',
        '3': 'Some KPIs are short of their targets but better than before',
        '2': 'No KPI has reached its target, and all are better than before',
        '1': 'No KPI has reached its target, and all are worse than or as before',
      },
    },
    holes: {
      'no-kpi': 'There is no KPI.',
      'not-judged': 'A KPI cannot be judged: its actual, target or direction is not known.',
      between:
        'A KPI stands between 80 and 100 % of its target: the definition says nothing of it.',
      'no-baseline': 'Of a KPI it is not known where it started.',
      unmoved: 'A KPI is where it started: the definition says nothing of it.',
      disagree: 'The KPIs disagree.',
    },
    deciding: 'Decided by',
    reason: 'Reason',
    rule: 'Definition',
    guideFailed: 'It could not be loaded.',
    retry: 'Try again',

    drafts: 'Drafts of your opinions',
    draftsHint:
      'Only you see them. They are saved as you type and can be put on the board at the meeting. Each line becomes one opinion.',
    draftOf: (heading) => `Draft for ${heading}`,
    draftSaved: 'Draft: saved',
    draftSaving: 'Draft: saving',
    draftWaiting: 'Draft: not saved yet. Trying again.',
    draftRefused: 'Drafts of this item can no longer be saved. Keep a copy of your text.',
    post: 'Put this draft on the board',
    postFor: (heading) => `${heading}: put this draft on the board`,
    posted: (count) =>
      count === 1 ? '1 opinion is on the board.' : `${count} opinions are on the board.`,
    posting: 'Putting it on the board. The draft stays until it is stored.',
    postEmpty: 'There is no draft yet.',
    postLater: 'You can do so once the opinions are open.',
    length: (used, limit) => `${used} of ${limit} characters`,

    self: 'The section’s own rating',
    selfBy: (name) => `by ${name}`,
    selfEvidence: 'Evidence',
    selfEvidenceHint: 'Figures, documents: what the rating rests on.',
    selfNone: 'No own rating yet.',
    selfWrite: 'Write the own rating',
    selfChange: 'Change the own rating',
    selfSave: 'Save the own rating',
    selfSaved: 'The own rating was saved. Everybody taking part can read it.',
    selfMissing: 'Write the evidence.',
  },
});
