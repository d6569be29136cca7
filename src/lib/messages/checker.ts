/** Words of the page that checks a record without any server. */
import { defineMessages } from '../messages.ts';

export const checker = defineMessages({
  ja: {
    title: '会議記録の検証',
    lead: '会議記録（JSON）のつながり・集計・確定した評価を計算し直します。ファイルはどこにも送られません。インターネットにつながっていなくても使えます。',
    file: '会議記録（JSON）',
    seal: '印刷された照合番号（任意）',
    sealHint:
      '議事録や閉会の画面に示された64けたの番号を入力するか、QRコードの文字を貼り付けます。末尾の切り取りや全体の作り直しは、これがないと分かりません。',
    count: '印刷された件数（任意）',
    check: '検証する',
    result: '検証結果',
    choose: '会議記録（JSON）のファイルを選んでください。',
    notARecord: '会議記録（JSON）ではありません。',
    badSeal: '照合番号を読み取れません。0〜9とa〜fの64文字を入力してください。',
    fits: '異常はありません',
    fitsSealed: (count: number, after: number) =>
      `印刷された照合番号は${count}件目の記録と一致しました。` +
      (after > 0 ? `その後に${after}件の記録が続いています。` : ''),
    fitsOpen:
      '記録の中に食い違いはありません。ただし、末尾の切り取りと全体の作り直しは、印刷された照合番号と比べないと分かりません。',
    wrong: (count: number) => `合わないところが${count}件あります`,
    at: (seq: number) => `${seq}番：`,
    meeting: '会議',
    entries: '件数',
    head: '末尾の照合番号',
    language: 'English',
  },
  en: {
    title: 'Check a record',
    lead: 'Recomputes the chain, the tallies and the decisions of an exported record (JSON). The file is sent nowhere; no connection is needed.',
    file: 'Record (JSON)',
    seal: 'Printed hash (optional)',
    sealHint:
      'The 64 digits printed in the minutes or shown at the closing, or the text of the QR code. A cut tail and a rewritten whole do not show without it.',
    count: 'Printed number of entries (optional)',
    check: 'Check',
    result: 'Result',
    choose: 'Choose the file of a record (JSON).',
    notARecord: 'This is no exported record (JSON).',
    badSeal: 'The hash cannot be read. Enter 64 characters, 0–9 and a–f.',
    fits: 'The record fits',
    fitsSealed: (count, after) =>
      `The printed hash is that of entry ${count}.` +
      (after > 0 ? ` ${after} entries follow it.` : ''),
    fitsOpen:
      'Nothing in the record contradicts itself. A cut tail or a rewritten whole shows only against the printed hash.',
    wrong: (count) => `${count} things do not fit`,
    at: (seq) => `No. ${seq}: `,
    meeting: 'Meeting',
    entries: 'Entries',
    head: 'Last hash',
    language: '日本語',
  },
});
