/**
 * The words of the Yjs door that server and browser share: message types, close codes, refusals
 * and limits. docs/sync.md tells how they are used; nothing here knows Yjs or a socket.
 */

/** Message types of y-websocket (0 to 3) and ours, each the first varUint of a message. */
export const MESSAGE = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  /** server → browser: `[100, frame]`: every write frame up to this number that was not refused is stored. */
  ack: 100,
  /** server → browser: `[101, frame, code]`: this write frame was not stored, and why. */
  nack: 101,
  /** server → browser, first message: `[102, access, user]`, access as in `ACCESS`, user as JSON. */
  welcome: 102,
} as const;

/** Why a write frame was not stored. The first two pass by themselves, the others do not. */
export const nackCodes = [
  'gap', // something earlier is missing; the server asks for it with its state vector
  'not-stored', // the disk refused; ask again in a while
  'read-only', // this person may not write here (any more)
  'foreign-client', // words under a clientID that belongs to somebody else
  'content', // something this kind of document does not hold
  'structure', // an edit that hangs where it cannot hang
  'too-large', // more structs in one frame than anybody types
  'document-full', // the size budget of the document is spent
] as const;
export type NackCode = (typeof nackCodes)[number];

/** Close codes; y-websocket stops reconnecting by itself on 4400 to 4499. */
export const CLOSE = {
  /** A frame longer than the limit: sending it again does not help. */
  tooLong: 1009,
  /** The server goes down and comes back: reconnect. */
  restart: 1012,
  /** The frame could not be read: a bug of the page, or no page at all. */
  malformed: 4400,
  /** The session ended: sign in again. */
  signedOut: 4401,
  /** No right to this document. */
  forbidden: 4403,
  /** The right changed: come back at once and be told the new one. */
  rightsChanged: 4409,
  /** The page is older than the server, or from before a restore: reload it. */
  outdated: 4426,
  /** Too many messages or connections: come back after a pause. */
  tooMany: 4429,
  /** The document cannot be opened now: try again later. */
  unavailable: 4500,
  /** This browser reads more slowly than others write: reconnect and start from the state. */
  slow: 4501,
} as const;

export type Access = 'none' | 'read' | 'write';
/** How the welcome says it. */
export const ACCESS: readonly Access[] = ['none', 'read', 'write'];
