/**
 * 会議: the state of one evaluation meeting, as folded from its events. Holds no ballot value: those
 * stay in `server/db` until they are revealed ([B5]). Times are Instants, days are Days.
 */
import type { ProjectSheet, TableCaptions } from './sheet.ts';
import type {
  AccountId,
  CriterionId,
  Day,
  DecisionMethod,
  FiscalYear,
  HeadingId,
  Instant,
  ItemId,
  ItemState,
  MeetingId,
  OptionId,
  ParticipantId,
  Phase,
  QuorumRule,
  Role,
  RoundId,
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
};

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
  /** 記名. Secret ballots come with their own rules and are not offered yet. */
  readonly secrecy: 'named';
  readonly criteria: readonly Criterion[];
  readonly electorate: readonly Elector[];
  readonly absent: readonly Elector[];
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** Who has voted, in the order of the electorate, never what. */
  readonly voted: readonly ParticipantId[];
  readonly result: {
    readonly tallies: readonly Tally[];
    readonly ballots: readonly Ballot[];
  } | null;
};

/** The opinions of one heading, frozen by a decision. */
export type FrozenOpinions = {
  readonly headingId: HeadingId;
  readonly heading: string;
  readonly bullets: readonly string[];
};

export type Rating = { readonly criterionId: CriterionId; readonly optionId: OptionId };

/** 確定した評価. */
export type Decision = {
  readonly ratings: readonly Rating[];
  readonly method: DecisionMethod;
  readonly reason: string;
  readonly decidedAt: Instant;
  readonly decidedBy: ParticipantId;
  readonly opinions: readonly FrozenOpinions[];
};

/** 議題. */
export type Item = {
  readonly id: ItemId;
  readonly sheet: ProjectSheet;
  /** Counts the changes of the sheet, so that a browser knows when to load it again. */
  readonly sheetRev: number;
  readonly state: ItemState;
  readonly startedAt: Instant | null;
  readonly rounds: readonly Round[];
  readonly decision: Decision | null;
};

export type Meeting = MeetingDetails & {
  readonly id: MeetingId;
  readonly phase: Phase;
  readonly criteria: readonly Criterion[];
  readonly headings: readonly Heading[];
  readonly participants: readonly Participant[];
  readonly items: readonly Item[];
  readonly currentItemId: ItemId | null;
  /** Captions of the imported table; null prints Kensho's own. */
  readonly captions: TableCaptions | null;
  readonly foundedAt: Instant;
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** Number of the last event. */
  readonly rev: number;
};
