/**
 * 実施報告書: the form of each project beside its sheet. Reads the form, lets it follow a sheet that was
 * changed elsewhere, and turns it into the sheet by a command; who may is the command's question.
 */
import type { FormFields } from '#domain/formfield.ts';
import type { Item, Meeting } from '#domain/meeting.ts';
import type { CommandId } from '#domain/types.ts';
import { fieldsOf, sheetOf } from '#formats/reportfields.ts';
import { sheetDocument } from '#protocol/documents.ts';
import type { Database } from './db/database.ts';
import { isLogged } from './db/document.ts';
import type { Forms } from './seams.ts';
import { followSheet, readForm, readKnown } from './sync/form.ts';
import type { Sync } from './sync/seams.ts';
import type { Execute } from './execute.ts';

type Parts = {
  readonly sync: Pick<Sync, 'read' | 'change'>;
  readonly database: Pick<Database, 'read'>;
  readonly newId: () => string;
  readonly execute: Pick<Execute, 'load' | 'run'>;
};

/** Whether two sets of fields say the same; a field that is not named is empty. */
const differing = (one: FormFields, other: FormFields): number =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (key) => (one[key] ?? '') !== (other[key] ?? ''),
  ).length;

/** The forms of the sheets that a change of the meeting has touched follow them ([W7]). */
export function followAll(
  { sync, database }: Pick<Parts, 'sync' | 'database'>,
  before: Meeting | undefined,
  after: Meeting,
): void {
  if (!before || before.items === after.items) return;
  const sheets = new Map(before.items.map(({ id, sheet }) => [id, sheet]));
  for (const { id, sheet } of after.items) {
    const last = sheets.get(id);
    if (!last || last === sheet || !isLogged(database.read, sheetDocument(id))) continue;
    const fields = fieldsOf(sheet, after.evaluatedYear);
    sync.change(sheetDocument(id), (doc) => followSheet(doc, fields));
  }
}

export function createForms({ sync, database, newId, execute }: Parts): Forms {
  /** After a crash between a command and its telling the form is behind its sheet. */
  function open(meeting: Meeting, { id, sheet }: Item) {
    const now = fieldsOf(sheet, meeting.evaluatedYear);
    const name = sheetDocument(id);
    const behind = sync.read(name, (doc) => differing(readKnown(doc), now) > 0);
    if (behind) sync.change(name, (doc) => followSheet(doc, now));
    return { name, now, fields: sync.read(name, readForm) };
  }

  return {
    fields: (meeting, item) => open(meeting, item).fields,
    waiting(meeting, item) {
      if (!isLogged(database.read, sheetDocument(item.id))) return 0;
      const { fields, now } = open(meeting, item);
      return differing(fields, now);
    },
    reflect(meeting, item, who) {
      const { name, fields } = open(meeting, item);
      const sheet = sheetOf(fields, item.sheet, meeting.evaluatedYear);
      const id = newId() as CommandId;
      const command = { type: 'changeItem', itemId: item.id, sheet };
      const ack = execute.run({ meetingId: meeting.id, id, command }, who);
      if (!ack.ok) return ack;
      const stored = execute.load(meeting.id)?.items.find(({ id }) => id === item.id)?.sheet;
      if (stored) {
        const said = fieldsOf(stored, meeting.evaluatedYear);
        sync.change(name, (doc) => followSheet(doc, said, fields));
      }
      return ack;
    },
  };
}
