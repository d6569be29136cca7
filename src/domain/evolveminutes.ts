/** Folds the events of 議事録の確認 into where the minutes stand ([R6]–[R8]). */
import type { EventBody, MeetingEvent } from './event.ts';
import type { MinutesState } from './confirmation.ts';
import type { ParticipantId } from './types.ts';

/** Before anybody asked for anything: the first version, being written. */
export const noMinutes: MinutesState = {
  status: 'draft',
  version: 1,
  deadline: null,
  confirmed: [],
  requests: [],
  signers: [],
  signed: [],
  speakers: 'role',
  particulars: { openness: '', visitors: null, materials: [], next: '', contact: '' },
  reason: '',
  approved: [],
};

type MinutesBody = Extract<
  EventBody,
  {
    kind:
      | 'confirmationRequested'
      | 'minutesConfirmed'
      | 'changeRequested'
      | 'draftingResumed'
      | 'minutesSigned'
      | 'minutesApproved'
      | 'minutesCorrected'
      | 'speakersNamed'
      | 'particularsFilled';
  }
>;

export function evolveMinutes(
  minutes: MinutesState,
  body: MinutesBody,
  { at, actor, seq }: MeetingEvent,
): MinutesState {
  const participantId = actor as ParticipantId;
  switch (body.kind) {
    case 'confirmationRequested':
      // What was confirmed or signed before was another text.
      return {
        ...minutes,
        status: 'confirming',
        deadline: body.deadline,
        signers: body.signers,
        confirmed: [],
        requests: [],
        signed: [],
      };
    case 'minutesConfirmed':
      return {
        ...minutes,
        confirmed: [...minutes.confirmed.filter((id) => id !== participantId), participantId],
      };
    case 'changeRequested':
      return {
        ...minutes,
        requests: [...minutes.requests, { participantId, text: body.text, at }],
      };
    case 'draftingResumed':
      return { ...minutes, status: 'draft', deadline: null };
    case 'minutesSigned':
      return { ...minutes, signed: [...minutes.signed, { participantId, at }] };
    case 'minutesApproved': {
      const { version, reason, signed, particulars } = minutes;
      const locked = { version, reason, text: body.text, approvedAt: at, signed, particulars, seq };
      return { ...minutes, status: 'approved', approved: [...minutes.approved, locked] };
    }
    case 'minutesCorrected':
      return {
        ...noMinutes,
        version: minutes.version + 1,
        speakers: minutes.speakers,
        particulars: minutes.particulars,
        reason: body.reason,
        approved: minutes.approved,
      };
    case 'speakersNamed':
      return { ...minutes, speakers: body.speakers };
    case 'particularsFilled':
      return { ...minutes, particulars: body.particulars };
  }
}
