/**
 * The sentence for every way Kensho can say no: what happened, and what to do. Exhaustive by type:
 * a new code without a sentence in both languages does not compile.
 */
import type { RefusalCode } from '#domain/refusal.ts';
import type { DoorCode } from '#protocol/ack.ts';
import type { NackCode } from '#protocol/sync.ts';
import type { FileRefusal } from '#formats/notice.ts';
import type { AuthCode } from '../../../server/seams.ts';
import type { OfficeRefusal } from '../../../server/office.ts';
import { defineMessages } from '../messages.ts';

export type AnyRefusal =
  RefusalCode | DoorCode | NackCode | AuthCode | FileRefusal | OfficeRefusal['code'];

export const refusal = defineMessages({
  ja: {
    'not-a-participant': 'この会議の参加者ではありません。事務局に確かめてください。',
    'not-allowed': 'この操作をする権限がありません。必要なときは事務局に確かめてください。',
    'chair-only': 'この操作は会長だけができます。',
    'meeting-not-draft': '会議がすでに始まっているため、ここは変更できません。',
    'meeting-not-open': '会議が開催中でないため、この操作はできません。',
    'meeting-not-closed': '会議がまだ閉会していません。',
    'no-items': '事業がまだありません。事業を取り込むか追加してください。',
    'no-members': '委員がまだいません。委員を招待してください。',
    'unknown-item': 'この議題は見つかりません。ほかの人が削除した可能性があります。',
    'unknown-participant': 'この参加者は見つかりません。ほかの人が削除した可能性があります。',
    'unknown-round': 'この投票は見つかりません。画面を読み込み直してください。',
    'unknown-criterion': 'この評価項目は見つかりません。画面を読み込み直してください。',
    'unknown-option': 'この選択肢は見つかりません。画面を読み込み直してください。',
    'item-not-current': 'いま審議している議題ではありません。先にこの議題を始めてください。',
    'item-not-startable': 'この議題はすでに始まっています。',
    'item-not-discussing': 'この議題は審議中ではありません。先にこの議題を始めてください。',
    'item-decided': 'この議題は確定済みのため編集できません。',
    'item-not-decided': 'この議題はまだ確定していません。',
    'item-unfinished': 'この議題がまだ終わっていません。評価を確定するか、継続審議としてください。',
    'items-unfinished':
      '終わっていない議題があります。評価を確定するか、継続審議としてから閉会してください。',
    'ballot-open': '投票中のため、この操作はできません。先に投票を締め切ってください。',
    'ballot-not-open': '投票はまだ始まっていません。',
    'ballot-closed': '投票は締め切られました。',
    'ballot-not-closed': '投票がまだ締め切られていません。',
    'ballot-not-revealed': '投票の結果がまだ表示されていません。先に結果を表示してください。',
    'not-an-elector':
      'この投票の投票者ではありません。投票が始まったときに出席していた委員が投票できます。',
    'choices-incomplete': 'すべての評価項目で、評価か棄権を選んでください。',
    'ratings-incomplete': 'すべての評価項目について、確定する評価を選んでください。',
    'quorum-not-met': '定足数を満たしていません。出席者を確かめてください。',
    'method-does-not-fit': '決定の方法が投票の結果と合いません。方法か評価を選び直してください。',
    'reason-required': '理由を入力してください。',
    'last-secretariat': 'サインインできる事務局がいなくなるため、この変更はできません。',
    'chair-taken': '会長はすでにいます。会長は1人だけです。',
    'participant-acted': 'この人は投票に加わった記録があるため、削除できません。',
    'criteria-empty': '評価項目は1つ以上、それぞれの段階は2つ以上必要です。',
    'headings-empty': '意見等の見出しは1つ以上必要です。',
    malformed: '入力した内容を読み取れませんでした。画面を読み込み直して、もう一度お試しください。',
    'signed-out': 'サインインの有効期限が切れました。もう一度サインインしてください。',
    'unknown-meeting': 'この会議は見つかりません。会議一覧から選び直してください。',
    'too-fast': '操作が速すぎます。少し待ってから、もう一度お試しください。',
    'opinions-differ':
      '意見等の保存内容に食い違いが見つかったため、確定していません。文章を控え、サーバーの管理者に点検を頼んでください。',
    'id-reused': '同じ操作が二重に送られました。画面を読み込み直して確かめてください。',
    internal:
      '問題が起きたため、受け付けられませんでした。少し待ってから、もう一度お試しください。',
    gap: '変更の一部がまだ届いていません。自動でやり直しています。',
    'not-stored': 'いま保存できません。自動でやり直しています。',
    'read-only': 'この文書は編集できなくなりました。入力した文はこの画面に残っています。',
    'foreign-client':
      'ほかの画面と重なったため保存できませんでした。画面を読み込み直してください。',
    content: 'この形式の内容は保存できません。文字だけを入力してください。',
    structure: 'この変更は保存できませんでした。画面を読み込み直してください。',
    'too-large': '一度に送る文が大きすぎます。分けて入力してください。',
    'document-full': 'この議題の意見等は、保存できる大きさの上限に達しました。',
    'wrong-password': 'メールアドレスかパスワードが違います。もう一度入力してください。',
    'too-many-attempts':
      'サインインの失敗が続いています。しばらく待ってから、もう一度お試しください。',
    'link-invalid': 'このリンクは使えません。アドレスがすべて入っているか確かめてください。',
    'link-expired': 'このリンクの有効期限が切れています。事務局に新しいリンクを頼んでください。',
    'link-used': 'このリンクはすでに使われています。参加済みのときはサインインしてください。',
    'password-too-short': 'パスワードは8文字以上にしてください。',
    'email-taken': 'このメールアドレスの人は、すでにこの会議に参加しています。',
    'email-malformed': 'メールアドレスの形が正しくありません。例：name@example.jp',
    'name-empty': '団体名と氏名を入力してください。',
    'already-set-up': 'はじめの設定は済んでいます。サインインしてください。',
    'file-empty': 'ファイルが空です。表の入ったファイルを選んでください。',
    'file-too-large': 'ファイルが大きすぎます。表だけのファイルにして選び直してください。',
    'file-damaged':
      'ファイルが壊れているため読み取れません。作成したソフトで開いて保存し直してから選んでください。',
    'file-locked':
      'パスワードのかかったファイルは読み取れません。パスワードを外して保存し直してください。',
    'file-encoding': '文字コードを判別できません。UTF-8かShift_JISで保存し直してください。',
    'file-kind-unknown':
      'この種類のファイルは読み取れません。Excel・Word（.docx）・PDF・CSV・TSV・テキスト・HTML・Markdownのファイルを選んでください。',
    'pdf-without-text':
      'スキャン画像のPDFは文字を読み取れません。元のExcelやWordのファイルを選ぶか、表を貼り付けてください。',
    'file-too-complex':
      'ファイルが複雑すぎて読み取れません。必要な表だけを新しいファイルに写してください。',
    'no-evaluation-table':
      '評価結果の表が見つかりません。見出しの行（No・事業名・指標など）を含めてください。',
    busy: 'ほかのファイルを処理しています。少し待ってから、もう一度お試しください。',
  } satisfies Record<AnyRefusal, string>,
  en: {
    'not-a-participant': 'You are not a participant of this meeting. Please ask the secretariat.',
    'not-allowed': 'You have no right to do this. Please ask the secretariat if you need it.',
    'chair-only': 'Only the chair can do this.',
    'meeting-not-draft': 'The meeting has begun, so this can no longer be changed.',
    'meeting-not-open': 'The meeting is not in session, so this cannot be done.',
    'meeting-not-closed': 'The meeting has not been closed yet.',
    'no-items': 'There are no projects yet. Import or add some.',
    'no-members': 'There are no members yet. Invite some.',
    'unknown-item': 'This item was not found. Somebody may have removed it.',
    'unknown-participant': 'This participant was not found. Somebody may have removed them.',
    'unknown-round': 'This ballot was not found. Please reload the page.',
    'unknown-criterion': 'This criterion was not found. Please reload the page.',
    'unknown-option': 'This option was not found. Please reload the page.',
    'item-not-current': 'This is not the item under discussion. Start it first.',
    'item-not-startable': 'This item has already been started.',
    'item-not-discussing': 'This item is not under discussion. Start it first.',
    'item-decided': 'This item has been decided and can no longer be edited.',
    'item-not-decided': 'This item has not been decided yet.',
    'item-unfinished': 'This item is not finished. Decide or defer it.',
    'items-unfinished': 'Some items are not finished. Decide or defer them before closing.',
    'ballot-open': 'A ballot is running. Close it first.',
    'ballot-not-open': 'The ballot has not been opened yet.',
    'ballot-closed': 'The ballot has been closed.',
    'ballot-not-closed': 'The ballot has not been closed yet.',
    'ballot-not-revealed': 'The result has not been revealed yet. Reveal it first.',
    'not-an-elector':
      'You are not an elector of this ballot. Members present at its opening can vote.',
    'choices-incomplete': 'Choose a rating or abstain for every criterion.',
    'ratings-incomplete': 'Choose the rating to be decided for every criterion.',
    'quorum-not-met': 'There is no quorum. Check who is present.',
    'method-does-not-fit':
      'The method does not fit the result of the ballot. Choose another method or rating.',
    'reason-required': 'Give a reason.',
    'last-secretariat': 'No secretariat that can sign in would be left.',
    'chair-taken': 'There is a chair already, and there can be only one.',
    'participant-acted': 'This person has taken part in a ballot and cannot be removed.',
    'criteria-empty': 'At least one criterion with at least two levels is needed.',
    'headings-empty': 'At least one heading of the opinions is needed.',
    malformed: 'What was entered could not be read. Reload the page and try again.',
    'signed-out': 'Your session has ended. Please sign in again.',
    'unknown-meeting': 'This meeting was not found. Choose again from the list of meetings.',
    'too-fast': 'That was too fast. Wait a moment and try again.',
    'opinions-differ':
      'What is stored of the opinions does not agree, so nothing was decided. Copy the text and ask the administrator of the server to examine it.',
    'id-reused': 'The same action was sent twice. Reload the page to check.',
    internal: 'Something went wrong and it was not accepted. Wait a moment and try again.',
    gap: 'Part of the change has not arrived yet. Trying again by itself.',
    'not-stored': 'It cannot be saved right now. Trying again by itself.',
    'read-only': 'This document can no longer be edited. What you typed is still on this page.',
    'foreign-client': 'It collided with another page and was not saved. Please reload.',
    content: 'This kind of content cannot be saved. Enter text only.',
    structure: 'This change could not be saved. Please reload the page.',
    'too-large': 'That is too much text at once. Enter it in parts.',
    'document-full': 'The opinions of this item have reached the largest size that is kept.',
    'wrong-password': 'The mail address or the password is wrong. Enter them again.',
    'too-many-attempts': 'Signing in has failed too often. Wait a while and try again.',
    'link-invalid': 'This link cannot be used. Check that the address is complete.',
    'link-expired': 'This link has expired. Ask the secretariat for a new one.',
    'link-used': 'This link has been used already. If you have joined, sign in.',
    'password-too-short': 'The password needs at least 8 characters.',
    'email-taken': 'The person with this mail address already takes part in this meeting.',
    'email-malformed': 'This is not a mail address. Example: name@example.jp',
    'name-empty': 'Enter the municipality and your name.',
    'already-set-up': 'The first set-up has been done. Please sign in.',
    'file-empty': 'The file is empty. Choose a file with a table.',
    'file-too-large': 'The file is too large. Choose one that holds the table only.',
    'file-damaged':
      'The file is damaged and cannot be read. Open it where it was made, save it again and choose it.',
    'file-locked': 'A file with a password cannot be read. Save it without the password.',
    'file-encoding': 'The character encoding is unknown. Save the file as UTF-8 or Shift_JIS.',
    'file-kind-unknown':
      'This kind of file cannot be read. Choose Excel, Word (.docx), PDF, CSV, TSV, text, HTML or Markdown.',
    'pdf-without-text':
      'A scanned PDF holds pictures, not text. Choose the original Excel or Word file, or paste the table.',
    'file-too-complex': 'The file is too complex to be read. Copy the table alone into a new file.',
    'no-evaluation-table':
      'No table of evaluation results was found. Include its header (No, project, indicator).',
    busy: 'Other files are being read. Wait a moment and try again.',
  },
});
