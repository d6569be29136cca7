/**
 * 議事録 as data: everything that is printed, already decided by the caller (who is named and how,
 * which texts are public). It holds no rule and no layout; `formats/minutes.ts` only sets it in type.
 */
import type { Break } from './meeting.ts';
import type { SheetOpinion } from './sheet.ts';
import type { Day, DecisionMethod, Instant, QuorumRule } from './types.ts';

/** 議事録 of a whole meeting. Lists are printed in the order given; an empty one is left out. */
export type Minutes = {
  /** 議事録 / 議事要旨: the word behind the title. */
  readonly kind: 'minutes' | 'summary';
  /** A draft says （案） in its title, a preliminary one （速報）. */
  readonly state: 'preliminary' | 'draft' | 'approved';
  /** 第n版, and why it was made where it is a correction. */
  readonly version: { readonly number: number; readonly reason: string };
  /** 確定日 */
  readonly approvedAt: Instant | null;
  /** The text people wrote, which then stands in place of what the record tells of the items. */
  readonly body: readonly MinutesSection[] | null;
  /** The body that meets: 令和7年度 会津若松市まち・ひと・しごと創生包括連携協議会 */
  readonly organisation: string | null;
  /** 会議の名称: 第1回 地方創生事業効果検証会議 */
  readonly title: string;
  /** 開催日, used where the meeting has not been opened yet. */
  readonly day: Day;
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly place: string | null;
  readonly attendance: MinutesAttendance;
  readonly quorum: MinutesQuorum;
  /** 公開・非公開の別, with the reason where closed: 公開 */
  readonly openness: string | null;
  /** 傍聴者数; null where nobody counted. */
  readonly visitors: number | null;
  /** 配布資料一覧 */
  readonly materials: readonly string[];
  /** 休憩 */
  readonly breaks: readonly Break[];
  /** Paragraphs of 1 開会, after the sentence on the quorum. */
  readonly opening: readonly string[];
  readonly items: readonly MinutesItem[];
  /** Paragraphs of 3 その他. */
  readonly other: readonly string[];
  /** Paragraphs of 4 閉会, after the sentence on the closing. */
  readonly closing: readonly string[];
  /** 会議録署名人, as printed. */
  readonly signers: readonly MinutesSigner[];
  /** 次回の予定 */
  readonly next: string | null;
  /** 問合先 */
  readonly contact: string | null;
  /** The record the minutes were written from: number of entries and the hash of the last one. */
  readonly record: { readonly count: number; readonly head: string } | null;
};

/** One stretch of the minutes that is edited on its own. `key` names its place in the document. */
export type MinutesSection = {
  readonly key: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
};

/** Who was there. Each entry is one line as it is to be printed: a name, 委員A, 産業界1名 … */
export type MinutesAttendance = {
  readonly present: readonly string[];
  readonly absent: readonly string[];
  readonly secretariat: readonly string[];
  /** 所管課・説明員 */
  readonly sections: readonly string[];
};

/** 定足数: `present` of `eligible` came, `required` are needed by `rule`. */
export type MinutesQuorum = {
  readonly rule: QuorumRule;
  readonly eligible: number;
  readonly present: number;
  readonly required: number;
  readonly met: boolean;
};

export type MinutesSigner = { readonly name: string; readonly signedAt: Instant | null };

/** One 議題 under 2 議事. A free topic has no KPIs, rounds or decisions. */
export type MinutesItem = {
  /** No of the project as the table prints it (1-1), or null. */
  readonly no: string | null;
  readonly title: string;
  /** 所管課 */
  readonly sections: readonly string[];
  readonly state: 'decided' | 'deferred' | 'discussed' | 'notReached';
  /** 除斥: the members who stood aside, as printed. */
  readonly recused: readonly string[];
  readonly kpis: readonly MinutesKpi[];
  /** 説明・質疑: who said what, as printed. */
  readonly statements: readonly MinutesStatement[];
  readonly rounds: readonly MinutesRound[];
  /** Current decisions, one per criterion. */
  readonly decisions: readonly MinutesDecision[];
  /** What a reader must know beside it, e.g. that an earlier decision was taken back and why. */
  readonly notes: readonly MinutesNote[];
  /** 意見等 under their headings, merged and without names. */
  readonly opinions: readonly SheetOpinion[];
};

/** A KPI row: figures as printed under their captions (基準値（R1年度） → 5件). */
export type MinutesKpi = {
  readonly mark: string | null;
  readonly label: string;
  readonly figures: readonly { readonly caption: string; readonly text: string }[];
  /** 達成 / 未達成 / 途中 / 未計測, or null where nothing can be said. */
  readonly judgement: string | null;
};

export type MinutesStatement = { readonly speaker: string; readonly text: string };

/** One round of voting; a tie or a new vote makes a second one. */
export type MinutesRound = {
  /** 第n回 */
  readonly number: number;
  readonly ballot: 'named' | 'secret';
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** 投票権のある者: those seated when the vote opened, without the recused. */
  readonly eligible: number;
  readonly criteria: readonly MinutesTally[];
};

/** The count of one criterion in one round. */
export type MinutesTally = {
  /** 評価項目: 事業効果に対する評価 */
  readonly criterion: string;
  readonly options: readonly { readonly label: string; readonly count: number }[];
  readonly abstained: number;
  /** 未投票: eligible, but no ballot came. */
  readonly absent: number;
  /** Who chose what, only where the ballot was named and the setting prints names; else null. */
  readonly ballots: readonly { readonly voter: string; readonly choice: string }[] | null;
};

/** 決定 of one criterion. */
export type MinutesDecision = {
  readonly criterion: string;
  readonly label: string;
  readonly method: DecisionMethod;
  readonly reason: string | null;
  readonly decidedAt: Instant;
};

export type MinutesNote = { readonly at: Instant | null; readonly text: string };
