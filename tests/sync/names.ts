/** The document and the people of the tests of the Yjs door. */
import type { AccountId, HeadingId, ItemId } from '#domain/types.ts';
import { opinionsDocument } from '#protocol/documents.ts';

export const board = opinionsDocument('item-0001' as ItemId);
export const headings = ['results', 'policy'] as HeadingId[];
export const person = (name: string) => `account-${name}` as AccountId;
