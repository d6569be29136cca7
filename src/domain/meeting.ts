/**
 * 会議: the state of one evaluation meeting, as folded from its events. Holds no ballot value: those
 * stay in `server/db` until they are revealed ([B5]). Times are Instants, days are Days.
 */
import type { MinutesState } from './confirmation.ts';
import type { ProjectSheet, TableCaptions } from './sheet.ts';
import type {
  AccountId,
  CriterionId,
  Day,
  DecisionMethod,
  FiscalYear,
  Gathering,
  Guide,
  HeadingId,
  Instant,
  ItemId,
  ItemState,
  MeetingId,
  Mode,
  OptionId,
  ParticipantId,
  Phase,
  QuestionId,
  QuorumRule,
  Role,
  RoundId,
  Secrecy,
} from './types.ts';

/** 評価の段階: one option of a criterion. */
export type Option = {
  readonly id: OptionId;
  /** As printed: 地方創生に非常に効果があった */
  readonly label: string;
  /** For the projector and the agenda: 非常に効果があった */
  readonly shortLabel: string;
  /** What the level means, in one line. */
  readonly meaning: string;
};

/** 評価項目. Options are ordered, best first ([B2]). */
export type Criterion = {
  readonly id: CriterionId;
  readonly name: string;
  readonly options: readonly Option[];
  /** Whether a rating by it owes a reason of its own, as 今後の方針 often does ([D12]). */
  readonly asksReason: boolean;
};

/** 意見等の見出し. */
export type Heading = { readonly id: HeadingId; readonly text: string };

/** 参加者: a seat. `accountId` is null until the invited person has joined. */
export type Participant = {
  readonly id: ParticipantId;
  readonly name: string;
  readonly role: Role;
  readonly affiliation: string;
  readonly accountId: AccountId | null;
  /** 出席: as recorded at opening or later, not whether a browser is connected. */
  readonly present: boolean;
};

/** What the secretariat says about a meeting before it opens. */
export type MeetingDetails = {
  readonly title: string;
  readonly municipality: string;
  readonly evaluatedYear: FiscalYear;
  readonly heldOn: Day;
  readonly place: string;
  readonly quorumRule: QuorumRule;
  /** Whether the chair has a ballot of their own (domain.md §1: bodies differ). */
  readonly chairVotes: boolean;
  /** Whether the chair counts in 定足数; some bodies leave the chair out. */
  readonly chairInQuorum: boolean;
  readonly mode: Mode;
  readonly gathering: Gathering;
  /** 書面開催: until when ballots and opinions are taken; null otherwise. */
  readonly deadline: Instant | null;
  readonly guide: Guide;
  /** Last year's meeting, whose ratings, opinions and replies stand beside this year's figures. */
  readonly previousMeetingId: MeetingId | null;
  /** リハーサル: plays through like any other and may be wiped. */
  readonly rehearsal: boolean;
};

/** What a meeting starts with where nobody has said otherwise. */
export const usualRules = {
  quorumRule: 'moreThanHalf',
  chairVotes: false,
  chairInQuorum: true,
  mode: 'vote',
  gathering: 'inPerson',
  deadline: null,
  guide: 'off',
  previousMeetingId: null,
  rehearsal: false,
} as const satisfies Partial<MeetingDetails>;

/** One person's choices in one round; `optionId` null is 棄権. */
export type Choice = { readonly criterionId: CriterionId; readonly optionId: OptionId | null };
export type Ballot = { readonly participantId: ParticipantId; readonly choices: readonly Choice[] };

/** The count of one criterion. */
export type Tally = {
  readonly criterionId: CriterionId;
  /** In the order of the criterion's options. */
  readonly counts: readonly { readonly optionId: OptionId; readonly votes: number }[];
  readonly abstained: number;
  readonly notVoted: number;
  /** The middle vote; of two middle votes the worse one. Null without votes. */
  readonly median: OptionId | null;
  /** Levels between the best and the worst vote given; 0 when all agree. */
  readonly spread: number;
  /** All options with the most votes; more than one is a tie, none means nobody voted. */
  readonly leading: readonly OptionId[];
};

export type Elector = { readonly participantId: ParticipantId; readonly name: string };

/** 投票の一回. Electorate and labels are frozen at opening ([B1]). */
export type Round = {
  readonly id: RoundId;
  readonly number: number;
  readonly status: 'open' | 'closed' | 'revealed';
  /** 記名 or 無記名, fixed at opening ([B10]). */
  readonly secrecy: Secrecy;
  readonly criteria: readonly Criterion[];
  readonly electorate: readonly Elector[];
  readonly absent: readonly Elector[];
  /** 除斥: out of the denominator ([B12]). */
  readonly recused: readonly Elector[];
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** Who has voted, in the order of the electorate, never what; empty in a secret round. */
  readonly voted: readonly ParticipantId[];
  /** How many have voted. */
  readonly turnout: number;
  /** Whose ballot came on paper: taken in, and confirmed by a second person or not yet ([B14]). */
  readonly paper: readonly { readonly participantId: ParticipantId; readonly confirmed: boolean }[];
  /** 書面開催: the deadline has passed while paper is still to be confirmed ([B18]). */
  readonly castingEnded: boolean;
  /** The votes by which the chair broke a tie, one per criterion ([B15]). */
  readonly casting: readonly CastingVote[];
  /** `ballots` is empty in a secret round: nobody can say any more whose they were. */
  readonly result: {
    readonly tallies: readonly Tally[];
    readonly ballots: readonly Ballot[];
  } | null;
};

/** 可否同数のときの会長の決裁. */
export type CastingVote = Rating & { readonly reason: string };

/** The opinions of one heading, frozen by a decision. */
export type FrozenOpinions = {
  readonly headingId: HeadingId;
  readonly heading: string;
  readonly bullets: readonly string[];
};

export type Rating = { readonly criterionId: CriterionId; readonly optionId: OptionId };
/** With the reason its criterion asks for; empty where it asks for none ([D12]). */
export type DecidedRating = Rating & { readonly reason: string };

/** 確定した評価. */
export type Decision = {
  readonly ratings: readonly DecidedRating[];
  readonly method: DecisionMethod;
  readonly reason: string;
  readonly decidedAt: Instant;
  readonly decidedBy: ParticipantId;
  readonly opinions: readonly FrozenOpinions[];
};

/** 事前評価の分布: round zero, shown by the chair without names ([B16]). */
export type RoundZero = { readonly tallies: readonly Tally[]; readonly given: number };

/** 除斥: somebody stands aside from one item. */
export type Recusal = { readonly participantId: ParticipantId; readonly reason: string };

/** 所管課への質問 and what the section answered. */
export type Question = {
  readonly id: QuestionId;
  readonly askedBy: ParticipantId;
  readonly askedAt: Instant;
  readonly text: string;
  readonly answer: {
    readonly text: string;
    readonly answeredBy: ParticipantId;
    readonly answeredAt: Instant;
  } | null;
};

/** 自己評価 of the section in charge, with its evidence. */
export type SelfRating = {
  readonly ratings: readonly Rating[];
  readonly evidence: string;
  readonly givenBy: ParticipantId;
};

/** 会長のまとめ案, to which members may object. */
export type Proposal = { readonly ratings: readonly Rating[]; readonly proposedAt: Instant };
export type Objection = { readonly participantId: ParticipantId; readonly reason: string };

/** 意見への対応: what the section makes of one frozen opinion. */
export type Reply = {
  readonly headingId: HeadingId;
  /** Which bullet under the heading, from 0. */
  readonly bullet: number;
  readonly text: string;
  readonly due: Day | null;
  readonly repliedBy: ParticipantId;
  readonly repliedAt: Instant;
};

/** What the minutes must say of an item beside its decision. */
export type ItemNote = {
  readonly kind: 'deferred' | 'reopened';
  readonly at: Instant;
  readonly reason: string;
};

/** 議題. */
export type Item = {
  readonly id: ItemId;
  readonly sheet: ProjectSheet;
  /** Counts the changes of the sheet, so that a browser knows when to load it again. */
  readonly sheetRev: number;
  readonly state: ItemState;
  readonly startedAt: Instant | null;
  /** 予定時間 in minutes. */
  readonly minutes: number | null;
  readonly rounds: readonly Round[];
  readonly roundZero: RoundZero | null;
  readonly recused: readonly Recusal[];
  readonly questions: readonly Question[];
  readonly selfRating: SelfRating | null;
  readonly proposal: Proposal | null;
  readonly objections: readonly Objection[];
  readonly decision: Decision | null;
  readonly notes: readonly ItemNote[];
  readonly replies: readonly Reply[];
};

/** 入退室: somebody was recorded as present from then on, or as gone. */
export type Movement = {
  readonly participantId: ParticipantId;
  readonly present: boolean;
  readonly at: Instant;
};

/** 休憩 that is over. */
export type Break = { readonly from: Instant; readonly to: Instant };

export type Meeting = MeetingDetails & {
  readonly id: MeetingId;
  readonly phase: Phase;
  readonly criteria: readonly Criterion[];
  readonly headings: readonly Heading[];
  readonly participants: readonly Participant[];
  readonly items: readonly Item[];
  readonly currentItemId: ItemId | null;
  /** 休憩中 since then. */
  readonly adjournedAt: Instant | null;
  /** In their order; they are no item's time ([M18]). */
  readonly breaks: readonly Break[];
  /** 挙手, in the order in which hands went up. */
  readonly hands: readonly ParticipantId[];
  /** 発言中. */
  readonly floor: ParticipantId | null;
  /** 職務代理者 named for when chair and vice chair cannot act. */
  readonly deputyId: ParticipantId | null;
  readonly minutes: MinutesState;
  /** Who came and left, and when, in order. */
  readonly movements: readonly Movement[];
  /** 公表: the address of the public page while it is public. */
  readonly publication: { readonly slug: string; readonly publishedAt: Instant } | null;
  /** Captions of the imported table; null prints Kensho's own. */
  readonly captions: TableCaptions | null;
  readonly foundedAt: Instant;
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** Number of the last event. */
  readonly rev: number;
};
