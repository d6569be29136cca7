/** Words of 事前評価 on the secretariat's side: start and end, who has answered, reminders, 除斥. */
import { defineMessages } from '../messages.ts';

export const answers = defineMessages({
  ja: {
    tab: '事前評価',
    title: '事前評価',
    lead: '会議の前に、委員が事業シートを読み、自分の評価と意見の下書きを準備する期間です。会議に必須ではありません。',
    start: '事前評価を始める',
    startHint:
      '始めると、委員は事業シートを読めるようになります。評価項目・見出し・会議の情報は、準備に戻すまで変更できません。',
    end: '準備に戻す',
    endTitle: '準備に戻しますか',
    endText:
      '委員は事業シートを読めなくなります。保存した評価と下書きは残り、もう一度始めると続きから使えます。',
    endReason: '準備に戻す理由',
    endMissing: '理由を入力してください。',
    started: '事前評価を始めました。',
    ended: '準備に戻しました。',
    running: '事前評価の期間です。会議を開くと終わります。',
    over: '会議が始まったため、事前評価は終わりました。',

    who: '回答の状況',
    whoLead: '評価したかどうかだけが分かります。評価の内容と下書きは、本人以外には見えません。',
    count: (done: number, total: number) => `${total}人中${done}人が、すべての議題を評価しました。`,
    member: '委員',
    item: (no: string) => `議題${no}`,
    left: '残り',
    leftCount: (count: number) => (count === 0 ? 'なし' : `${count}件`),
    states: { rated: '評価済', open: '未評価', recused: '除斥' },
    sum: '評価済の人数',
    sumOf: (done: number, total: number) => `${done}/${total}`,
    noMembers: '委員がまだいません。',

    remind: '催促',
    remindLead: '評価が残っている委員に送る文面です。コピーするか、メールソフトで開いてください。',
    remindFor: (name: string, left: number) => `${name}さんへの文面（残り${left}件）`,
    nobodyLeft: 'すべての委員が評価を終えています。',
    subject: (title: string) => `【事前評価のお願い】${title}`,
    body: (name: string, title: string, items: readonly string[], url: string) =>
      `${name} 様\n\n${title}の事前評価をお願いしております。\n次の議題の評価がまだ保存されていません。\n\n${items
        .map((item) => `・${item}`)
        .join(
          '\n',
        )}\n\n次のページを開き、議題ごとに評価を選んで「評価を保存する」を押してください。\n${url}\n\n評価の内容は、ご本人以外には表示されません。\nすでにお済みの場合は、ご容赦ください。\n`,
    bodyShort: (name: string, title: string, count: number, url: string) =>
      `${name} 様\n\n${title}の事前評価をお願いしております。\n評価がまだ保存されていない議題が${count}件あります。\n${url}\n`,
    copy: '文面をコピー',
    copyFor: (name: string) => `${name}さんへの文面をコピー`,
    mail: 'メールを作成',
    mailFor: (name: string) => `${name}さんへのメールを作成`,
    copied: (name: string) => `${name}さんへの文面をコピーしました。`,
    copyFailed: 'コピーできませんでした。文面を選択してコピーしてください。',

    recusals: '除斥の提案',
    recusalsLead:
      '委員の所属が、事業の文中に現れるものです。除斥とするかどうかは、本人や会長に確かめて決めてください。',
    recusalsNone: '所属が事業の文中に現れる委員は見つかりませんでした。',
    found: (word: string) => `所属「${word}」が事業の文中にあります。`,
    reason: (word: string) => `所属する「${word}」が事業の関係者であるため`,
    propose: '除斥とする',
    proposeFor: (name: string, item: string) => `${name}さんを${item}の除斥とする`,
    recusalReason: '除斥の理由',
    declared: (name: string, item: string) => `${name}さんを${item}の除斥としました。`,
    declaredAlready: '除斥',
  },
  en: {
    tab: 'Preview',
    title: 'Preview',
    lead: 'Before the meeting members read the sheets, rate in private and draft their opinions. A meeting can do without it.',
    start: 'Start the preview',
    startHint:
      'Members can then read the sheets. Criteria, headings and details stay as they are until you go back.',
    end: 'Back to the preparation',
    endTitle: 'Go back to the preparation?',
    endText:
      'Members can no longer read the sheets. Saved ratings and drafts are kept and are there when you start again.',
    endReason: 'Reason for going back',
    endMissing: 'Write the reason.',
    started: 'The preview has begun.',
    ended: 'Back in the preparation.',
    running: 'The preview is open. It ends when the meeting is opened.',
    over: 'The meeting has begun and the preview is over.',

    who: 'Who has answered',
    whoLead:
      'Only whether somebody has rated. Ratings and drafts are seen by nobody but their owner.',
    count: (done, total) => `${done} of ${total} have rated every item.`,
    member: 'Member',
    item: (no) => `Item ${no}`,
    left: 'Left',
    leftCount: (count) => (count === 0 ? 'none' : String(count)),
    states: { rated: 'Rated', open: 'Not rated', recused: 'Stands aside' },
    sum: 'How many have rated',
    sumOf: (done, total) => `${done}/${total}`,
    noMembers: 'There are no members yet.',

    remind: 'Reminders',
    remindLead: 'A text for each member with items left. Copy it or open it in your mail program.',
    remindFor: (name, left) => `Text for ${name} (${left} left)`,
    nobodyLeft: 'Everybody has rated everything.',
    subject: (title) => `Please rate before the meeting: ${title}`,
    body: (name, title, items, url) =>
      `Dear ${name},\n\nplease rate the items of ${title} before the meeting.\nThese have no rating from you yet:\n\n${items
        .map((item) => `- ${item}`)
        .join(
          '\n',
        )}\n\nOpen this page, choose a rating for each and press “Save the rating”.\n${url}\n\nNobody but you sees your rating.\n`,
    bodyShort: (name, title, count, url) =>
      `Dear ${name},\n\nplease rate the items of ${title} before the meeting. ${count} have no rating from you yet.\n${url}\n`,
    copy: 'Copy the text',
    copyFor: (name) => `Copy the text for ${name}`,
    mail: 'Write a mail',
    mailFor: (name) => `Write a mail to ${name}`,
    copied: (name) => `The text for ${name} was copied.`,
    copyFailed: 'It could not be copied. Select the text and copy it by hand.',

    recusals: 'Proposed recusals',
    recusalsLead:
      'Members whose affiliation appears in the words of a project. Ask them or the chair before you decide.',
    recusalsNone: 'No affiliation appears in a project.',
    found: (word) => `“${word}” appears in the project.`,
    reason: (word) => `“${word}”, to which the member belongs, takes part in the project`,
    propose: 'Record as standing aside',
    proposeFor: (name, item) => `Record ${name} as standing aside from ${item}`,
    recusalReason: 'Reason for standing aside',
    declared: (name, item) => `${name} stands aside from ${item}.`,
    declaredAlready: 'Stands aside',
  },
});
