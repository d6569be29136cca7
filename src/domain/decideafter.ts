/** Answers the commands of after the meeting: 議事録の確認, 対応方針, 公表 ([R6]–[R9]). */
import type { AfterCommand } from './command.ts';
import type { Meeting } from './meeting.ts';
import { happened, reasoned, refuse, told, type Context, type Outcome } from './outcome.ts';
import { onCouncil } from './quorum.ts';
import { itemOf } from './room.ts';

export function decideAfterwards(
  meeting: Meeting,
  command: AfterCommand,
  context: Context,
): Outcome {
  switch (command.type) {
    case 'requestConfirmation': {
      const { deadline, signers } = command;
      if (deadline <= context.now) return refuse('deadline-passed');
      const council = meeting.participants.filter(onCouncil);
      if (!signers.every((id) => council.some((person) => person.id === id))) {
        return refuse('not-on-council');
      }
      return context.minutes().trim() === ''
        ? refuse('minutes-empty')
        : happened({
            kind: 'confirmationRequested',
            deadline,
            signers: [...new Set(signers)],
          });
    }
    case 'resumeDrafting':
      return happened({ kind: 'draftingResumed' });
    case 'confirmMinutes':
      return happened({ kind: 'minutesConfirmed' });
    case 'requestChange':
      return told(command.text, (text) => ({ kind: 'changeRequested', text }));
    case 'signMinutes':
      return happened({ kind: 'minutesSigned' });
    case 'approveMinutes':
      // [R7] The text is locked as stored at this moment.
      return happened({ kind: 'minutesApproved', text: context.minutes() });
    case 'correctMinutes':
      return reasoned(command.reason, (reason) => ({ kind: 'minutesCorrected', reason }));
    case 'nameSpeakers':
      return happened({ kind: 'speakersNamed', speakers: command.speakers });
    case 'fillParticulars':
      return happened({ kind: 'particularsFilled', particulars: command.particulars });
    case 'replyToOpinion': {
      const { itemId, headingId, bullet, due } = command;
      const heading = itemOf(meeting, itemId)?.decision?.opinions.find(
        (opinions) => opinions.headingId === headingId,
      );
      // [R9] A reply answers a frozen opinion; another decision has other opinions.
      if (heading?.bullets[bullet] === undefined) return refuse('unknown-opinion');
      return told(command.text, (text) => ({
        kind: 'opinionReplied',
        itemId,
        reply: { headingId, bullet, text, due },
      }));
    }
    case 'publish':
      return happened({ kind: 'published', slug: context.newId() });
    case 'unpublish':
      return reasoned(command.reason, (reason) => ({ kind: 'unpublished', reason }));
  }
}
