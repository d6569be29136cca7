/**
 * Who is meant, in the words the minutes use for people ([R13]): 氏名, ○○委員, 委員 or 委員A. Sections and
 * the office are always called by their place, unless names are asked for.
 */
import type { Meeting, Participant } from '#domain/meeting.ts';
import type { ParticipantId, Role, SpeakerStyle } from '#domain/types.ts';

const titles: Readonly<Record<Role, string>> = {
  chair: '会長',
  viceChair: '副会長',
  member: '委員',
  secretariat: '事務局',
  section: '所管課',
  observer: 'オブザーバー',
};

type People = Pick<Meeting, 'participants'>;

/** How one seat is called; nobody for a seat that is gone. */
export function speakersOf(
  { participants }: People,
  style: SpeakerStyle,
): (id: ParticipantId) => string {
  const members = participants.filter(({ role }) => role === 'member');
  return (id) => {
    const person = participants.find((each) => each.id === id);
    if (!person) return '';
    if (style === 'name') return person.name;
    const { role, affiliation } = person;
    if (role === 'section' && affiliation !== '') return affiliation;
    if (style === 'letter' && role === 'member') return `委員${letterOf(members.indexOf(person))}`;
    return style === 'surname' && isOfCouncil(role)
      ? `${surnameOf(person, participants)}${titles[role]}`
      : titles[role];
  };
}

const isOfCouncil = (role: Role): boolean =>
  role === 'chair' || role === 'viceChair' || role === 'member';

/** A, B … Z, then numbers: more than twenty-six members are rare. */
const letterOf = (at: number): string =>
  at < 26 ? String.fromCharCode('A'.charCodeAt(0) + at) : String(at + 1);

/** The part before the space; the whole name where there is none, or where two share that part. */
function surnameOf({ name }: Participant, people: readonly Participant[]): string {
  const first = (text: string) => text.split(/[ \u3000]+/u)[0] ?? text;
  const shared = people.filter((person) => first(person.name) === first(name)).length > 1;
  return shared ? name.replace(/[ \u3000]+/gu, '') : first(name);
}
