/**
 * Reads what a browser says when it connects: which document, which version of the editor, which
 * clientIDs it writes under. Checks the form only; rights and ownership are the door's.
 */
import { EDITOR_SCHEMA, parseDocumentName, type DocumentRef } from '#protocol/documents.ts';

const PREFIX = '/yjs/';

/** [Y1] The document a request path means; undefined also for a name that cannot be decoded. */
export function readTarget(url: string): { name: string; query: URLSearchParams } | undefined {
  const [path = '', query = ''] = url.split('?', 2);
  if (!path.startsWith(PREFIX)) return undefined;
  try {
    const name = decodeURIComponent(path.slice(PREFIX.length));
    return parseDocumentName(name) && { name, query: new URLSearchParams(query) };
  } catch {
    return undefined;
  }
}

export type Hello = {
  readonly ref: DocumentRef;
  /** False for a page with another editor: it would delete what it does not know. */
  readonly isCurrent: boolean;
  /** Undefined when they are no clientIDs. */
  readonly clients: readonly number[] | undefined;
};

export function readHello(
  name: string,
  query: URLSearchParams,
  mostClients: number,
): Hello | undefined {
  const ref = parseDocumentName(name);
  if (!ref) return undefined;
  const isCurrent = query.get('schema') === String(EDITOR_SCHEMA);
  const clients = (query.get('client') ?? '').split(',').filter((text) => text !== '');
  const areClients = clients.length <= mostClients && clients.every(isClient);
  return { ref, isCurrent, clients: areClients ? clients.map(Number) : undefined };
}

const isClient = (text: string) => /^[0-9]{1,10}$/.test(text) && Number(text) < 2 ** 32;
