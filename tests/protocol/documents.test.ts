/** Names of documents: what is one of ours, and nothing beside. */
import { expect, test } from 'vitest';
import type { ItemId, MeetingId, ParticipantId } from '#domain/types.ts';
import {
  minutesDocument,
  opinionsDocument,
  parseDocumentName,
  sheetDocument,
  viewDocument,
} from '#protocol/documents.ts';

const id = '0123456789abcdef0123456789abcdef';

test('a name that was made is read back', () => {
  const view = viewDocument(id as MeetingId);
  expect(parseDocumentName(view)).toEqual({
    kind: 'meeting',
    meetingId: id,
    audience: 'everybody',
    name: view,
  });
  for (const audience of ['observers', id as ParticipantId] as const) {
    const name = viewDocument(id as MeetingId, audience);
    expect(parseDocumentName(name)).toEqual({ kind: 'meeting', meetingId: id, audience, name });
  }
  const minutes = minutesDocument(id as MeetingId);
  expect(parseDocumentName(minutes)).toEqual({ kind: 'minutes', meetingId: id, name: minutes });
  const sheet = sheetDocument(id as ItemId);
  expect(parseDocumentName(sheet)).toEqual({ kind: 'sheet', itemId: id, name: sheet });
  const opinions = opinionsDocument(id as ItemId);
  expect(parseDocumentName(opinions)).toEqual({ kind: 'opinions', itemId: id, name: opinions });
});

test('anything else is no document', () => {
  const names = [
    '',
    id,
    `meeting/`,
    `meeting/short`,
    `meeting/${'x'.repeat(65)}`,
    `Meeting/${id}`,
    `drafts/${id}`,
    `minutes/${id}/observers`,
    `sheet/${id}/observers`,
    `sheet/short`,
    `meeting/${id}/everybody`,
    `meeting/${id}/short`,
    `meeting/${id}/observers/more`,
    `/meeting/${id}`,
    `meeting/${id}/`,
    `meeting//${id}`,
    `meeting/../opinions/${id}`,
    `meeting/%2e%2e${id}`,
    `opinions/${id}\n`,
    `opinions/${id}\u0000`,
    `opinions/${id} meeting/${id}`,
    `__proto__/${id}`,
  ];
  expect(names.filter((name) => parseDocumentName(name) !== undefined)).toEqual([]);
});
