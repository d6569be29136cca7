/** One schema per command: what the wire may carry towards a meeting, bounded in every field. */
import * as v from 'valibot';
import type { Command } from '#domain/command.ts';
import {
  decisionMethods,
  gatherings,
  guides,
  modes,
  quorumRules,
  roles,
  secrecies,
  speakerStyles,
  type CommandId,
  type CriterionId,
  type HeadingId,
  type ItemId,
  type MeetingId,
  type OptionId,
  type ParticipantId,
  type QuestionId,
  type RoundId,
} from '#domain/types.ts';
import { captionsSchema, list, sheetSchema, sheetsSchema, text } from './sheet.ts';

const id = <Id extends string>() =>
  v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-]{1,64}$/),
    v.transform((value) => value as Id),
  );
/** A line a person types: trimmed, never empty, no control characters. */
const line = (max: number) => v.pipe(text(max), v.trim(), v.minLength(1), v.regex(/^\P{Cc}*$/u));
const note = text;
const distinct = <Schema extends v.GenericSchema<unknown, { readonly id: string }>>(
  schema: Schema,
  max: number,
) =>
  // Two options of one id would be counted twice, two criteria of one id could not be decided.
  v.pipe(
    list(schema, max),
    v.check((all) => new Set(all.map(({ id }) => id)).size === all.length),
  );

const item = { itemId: id<ItemId>() };
const round = { ...item, roundId: id<RoundId>() };
const reason = note(2000);
const words = note(4000);
const person = { participantId: id<ParticipantId>() };

export const day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/),
  v.check((value) => new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) ?? false),
);

/** Milliseconds since 1970, up to the year 2200. */
const instant = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7_258_118_400_000));

export const detailsSchema = v.strictObject({
  title: line(200),
  municipality: line(100),
  evaluatedYear: v.pipe(v.number(), v.integer(), v.minValue(2000), v.maxValue(2100)),
  heldOn: day,
  place: v.pipe(text(200), v.trim()),
  quorumRule: v.picklist(quorumRules),
  chairVotes: v.boolean(),
  chairInQuorum: v.boolean(),
  mode: v.picklist(modes),
  gathering: v.picklist(gatherings),
  deadline: v.nullable(instant),
  guide: v.picklist(guides),
  previousMeetingId: v.nullable(id<MeetingId>()),
  rehearsal: v.boolean(),
});

const criterion = v.strictObject({
  id: id<CriterionId>(),
  name: line(100),
  options: distinct(
    v.strictObject({
      id: id<OptionId>(),
      label: line(100),
      shortLabel: line(50),
      meaning: note(500),
    }),
    12,
  ),
  asksReason: v.boolean(),
});
const heading = v.strictObject({ id: id<HeadingId>(), text: line(100) });
export const seatSchema = v.strictObject({
  name: line(100),
  role: v.picklist(roles),
  affiliation: v.pipe(text(200), v.trim()),
});
const present = list(id<ParticipantId>(), 200);
const choice = v.strictObject({
  criterionId: id<CriterionId>(),
  optionId: v.nullable(id<OptionId>()),
});
const rating = v.strictObject({ criterionId: id<CriterionId>(), optionId: id<OptionId>() });
const decided = v.strictObject({ ...rating.entries, reason });
const type = <Type extends string>(value: Type) => ({ type: v.literal(value) });

const commands = v.variant('type', [
  v.strictObject({ ...type('changeDetails'), details: detailsSchema }),
  v.strictObject({ ...type('changeCriteria'), criteria: distinct(criterion, 6) }),
  v.strictObject({ ...type('changeHeadings'), headings: distinct(heading, 6) }),
  v.strictObject({ ...type('addParticipant'), seat: seatSchema }),
  v.strictObject({
    ...type('changeParticipant'),
    participantId: id<ParticipantId>(),
    seat: seatSchema,
  }),
  v.strictObject({ ...type('removeParticipant'), participantId: id<ParticipantId>() }),
  v.strictObject({
    ...type('importItems'),
    sheets: sheetsSchema,
    captions: captionsSchema,
    mode: v.picklist(['append', 'replace']),
  }),
  v.strictObject({ ...type('addItem'), sheet: sheetSchema }),
  v.strictObject({
    ...type('changeItem'),
    ...item,
    sheet: sheetSchema,
    seen: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  }),
  v.strictObject({ ...type('removeItem'), ...item }),
  v.strictObject({
    ...type('moveItem'),
    ...item,
    position: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5000)),
  }),
  v.strictObject({ ...type('openMeeting'), present }),
  v.strictObject({ ...type('recordAttendance'), present }),
  v.strictObject({ ...type('startItem'), ...item }),
  v.strictObject({
    ...type('openBallot'),
    ...item,
    criterionIds: list(id<CriterionId>(), 6),
    secrecy: v.picklist(secrecies),
  }),
  v.strictObject({ ...type('castBallot'), ...round, choices: list(choice, 6) }),
  v.strictObject({ ...type('recordPaperBallot'), ...round, ...person, choices: list(choice, 6) }),
  v.strictObject({ ...type('confirmPaperBallot'), ...round, ...person, choices: list(choice, 6) }),
  v.strictObject({ ...type('closeBallot'), ...round }),
  v.strictObject({ ...type('revealBallot'), ...round }),
  v.strictObject({
    ...type('breakTie'),
    ...round,
    criterionId: id<CriterionId>(),
    optionId: id<OptionId>(),
    reason,
  }),
  v.strictObject({ ...type('sumUp'), ...item, ratings: list(rating, 6) }),
  v.strictObject({ ...type('raiseObjection'), ...item, reason }),
  v.strictObject({ ...type('withdrawObjection'), ...item }),
  v.strictObject({
    ...type('decideItem'),
    ...item,
    ratings: list(decided, 6),
    method: v.picklist(decisionMethods),
    reason,
  }),
  v.strictObject({ ...type('reopenItem'), ...item, reason }),
  v.strictObject({ ...type('deferItem'), ...item, reason }),
  v.strictObject({ ...type('closeMeeting') }),
  v.strictObject({ ...type('reopenMeeting'), reason }),
  v.strictObject({ ...type('startPreview') }),
  v.strictObject({ ...type('endPreview'), reason }),
  v.strictObject({ ...type('ratePrivately'), ...item, choices: list(choice, 6) }),
  v.strictObject({ ...type('revealRoundZero'), ...item }),
  v.strictObject({ ...type('askQuestion'), ...item, text: words }),
  v.strictObject({ ...type('answerQuestion'), ...item, questionId: id<QuestionId>(), text: words }),
  v.strictObject({ ...type('rateSelf'), ...item, ratings: list(rating, 6), evidence: words }),
  v.strictObject({ ...type('declareRecusal'), ...item, ...person, reason }),
  v.strictObject({ ...type('withdrawRecusal'), ...item, ...person }),
  v.strictObject({
    ...type('appointDeputy'),
    participantId: v.nullable(id<ParticipantId>()),
  }),
  v.strictObject({
    ...type('setTimer'),
    ...item,
    minutes: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600))),
  }),
  v.strictObject({ ...type('raiseHand') }),
  v.strictObject({ ...type('lowerHand'), ...person }),
  v.strictObject({ ...type('giveFloor'), participantId: v.nullable(id<ParticipantId>()) }),
  v.strictObject({ ...type('adjourn') }),
  v.strictObject({ ...type('resume') }),
  v.strictObject({
    ...type('requestConfirmation'),
    deadline: instant,
    signers: list(id<ParticipantId>(), 10),
  }),
  v.strictObject({ ...type('resumeDrafting') }),
  v.strictObject({ ...type('confirmMinutes') }),
  v.strictObject({ ...type('requestChange'), text: words }),
  v.strictObject({ ...type('signMinutes') }),
  v.strictObject({ ...type('approveMinutes') }),
  v.strictObject({ ...type('correctMinutes'), reason }),
  v.strictObject({ ...type('nameSpeakers'), speakers: v.picklist(speakerStyles) }),
  v.strictObject({
    ...type('fillParticulars'),
    particulars: v.strictObject({
      openness: v.pipe(text(200), v.trim()),
      visitors: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))),
      materials: list(line(200), 50),
      next: v.pipe(text(200), v.trim()),
      contact: v.pipe(text(500), v.trim()),
    }),
  }),
  v.strictObject({
    ...type('replyToOpinion'),
    ...item,
    headingId: id<HeadingId>(),
    bullet: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
    text: words,
    due: v.nullable(day),
  }),
  v.strictObject({ ...type('publish') }),
  v.strictObject({ ...type('unpublish'), reason }),
]) satisfies v.GenericSchema<unknown, Command>;

export const commandSchema = commands;

/** What travels on the socket: to which meeting, under which id, and the command itself. */
export const envelopeSchema = v.strictObject({
  meetingId: id<MeetingId>(),
  id: v.pipe(id<CommandId>(), v.minLength(8)),
  command: commands,
}) satisfies v.GenericSchema<unknown, Envelope>;
export type Envelope = {
  readonly meetingId: MeetingId;
  readonly id: CommandId;
  readonly command: Command;
};
