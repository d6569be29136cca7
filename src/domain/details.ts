/** What the secretariat says about a meeting, taken out of it again for another one. */
import type { Meeting, MeetingDetails } from './meeting.ts';

export const detailsOf = (meeting: Meeting): MeetingDetails => ({
  title: meeting.title,
  municipality: meeting.municipality,
  evaluatedYear: meeting.evaluatedYear,
  heldOn: meeting.heldOn,
  place: meeting.place,
  quorumRule: meeting.quorumRule,
  chairVotes: meeting.chairVotes,
  chairInQuorum: meeting.chairInQuorum,
  mode: meeting.mode,
  gathering: meeting.gathering,
  deadline: meeting.deadline,
  guide: meeting.guide,
  previousMeetingId: meeting.previousMeetingId,
  rehearsal: meeting.rehearsal,
});
