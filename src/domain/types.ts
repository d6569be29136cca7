/**
 * The words of the field, once in Japanese beside the English name the code uses.
 * Everything else in the house takes its names from here.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** 会議. `const id = newId() as MeetingId` happens in one place: `server/app.ts`. */
export type MeetingId = Branded<'MeetingId'>;
/** 議題: one 事業 or a free topic of a meeting. */
export type ItemId = Branded<'ItemId'>;
/** 参加者: a seat in one meeting. A person has an account; a seat may still be waiting for one. */
export type ParticipantId = Branded<'ParticipantId'>;
/** 評価項目, e.g. 事業効果に対する評価. */
export type CriterionId = Branded<'CriterionId'>;
/** One level of a criterion, e.g. 地方創生に非常に効果があった. */
export type OptionId = Branded<'OptionId'>;
/** 意見等の見出し, e.g. 【R6実績について】. */
export type HeadingId = Branded<'HeadingId'>;
/** One round of voting (投票の第n回) on one item. */
export type RoundId = Branded<'RoundId'>;
/** 所管課への質問. */
export type QuestionId = Branded<'QuestionId'>;
/** A sign-in account. */
export type AccountId = Branded<'AccountId'>;
/** The id a browser gives to a command, so that a retry is recognised. */
export type CommandId = Branded<'CommandId'>;

/** Milliseconds since 1970-01-01T00:00Z, always from the injected clock. */
export type Instant = number;
/** A calendar day in Japan, `2025-08-20`. */
export type Day = string;
/** A Japanese fiscal year (April to March) by its Gregorian number: R6年度 = 2024. */
export type FiscalYear = number;

/** 役割: what somebody is in one meeting. */
export const roles = [
  'secretariat', // 事務局
  'chair', // 会長・座長
  'viceChair', // 副会長
  'member', // 委員
  'section', // 所管課・担当課
  'observer', // オブザーバー・傍聴
] as const;
export type Role = (typeof roles)[number];

/** 会議の段階: 準備中 → 事前評価 → 開催中 → 閉会・議事録確認中 → 公表済. */
export const phases = ['draft', 'preview', 'open', 'closed', 'published'] as const;
export type Phase = (typeof phases)[number];

/** 議題の状態: 未着手 → 審議中 → 投票中 → 締切 → 結果表示 → 確定, or 継続審議. */
export const itemStates = [
  'waiting',
  'discussing',
  'rating',
  'counted',
  'revealed',
  'decided',
  'deferred',
] as const;
export type ItemState = (typeof itemStates)[number];

/** 決定の方法: 全会一致 / 多数 / 可否同数のため会長 / 異議なし / 会長判断 / 意見聴取. */
export const decisionMethods = [
  'unanimous',
  'majority',
  'chairOnTie',
  'noObjection',
  'chairJudgement',
  'heard',
] as const;
export type DecisionMethod = (typeof decisionMethods)[number];

/** 定足数の数え方: 過半数 (more than half) or 半数以上 (half or more). */
export const quorumRules = ['moreThanHalf', 'halfOrMore'] as const;
export type QuorumRule = (typeof quorumRules)[number];

/** 会議の性格: 意見聴取 (no resolution), 合議 (the chair sums up, 異議なし), 採決 (a vote). */
export const modes = ['hearing', 'consensus', 'vote'] as const;
export type Mode = (typeof modes)[number];

/** 開催方法: 参集 / オンライン / 書面. */
export const gatherings = ['inPerson', 'online', 'circulated'] as const;
export type Gathering = (typeof gatherings)[number];

/** 記名 / 無記名. */
export const secrecies = ['named', 'secret'] as const;
export type Secrecy = (typeof secrecies)[number];

/** 発言者の書き方: 氏名 / ○○委員 / 委員 / 委員A. */
export const speakerStyles = ['name', 'surname', 'role', 'letter'] as const;
export type SpeakerStyle = (typeof speakerStyles)[number];

/** KPIからみた目安: off, or by one generation of the national definition. */
export const guides = ['off', '2015', '2016'] as const;
export type Guide = (typeof guides)[number];
