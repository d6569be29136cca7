/**
 * One Yjs document in one browser tab: what is on screen, what the server has stored, what waits.
 * Made in the browser only (`onMount`, `$effect`), ended with `destroy()`.
 */
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import type { DocumentName } from '#protocol/documents.ts';
import type { Access, NackCode } from '#protocol/sync.ts';

/** 保存済み, 保存中, 未送信 n件. The truth is the server's ack. */
export type Saved =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'unsent'; readonly count: number };

/** Somebody with the document open, as the server stamped it; one entry per person. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** Stable index into the caret colours, 0 to 11. */
  readonly color: number;
  readonly self: boolean;
};

/** Why the server ended it, in codes; the page puts them into words. */
export type Refusal = NackCode | 'signed-out' | 'forbidden' | 'malformed';

export type LiveDocumentOptions = {
  readonly name: DocumentName;
  /** Unsent words are kept in this browser under account and document. */
  readonly accountId: AccountId;
  /** Where the server is; default: the page's own origin. */
  readonly origin?: string;
};

export class LiveDocument {
  readonly name: DocumentName;
  readonly doc: Y.Doc;
  /** For the caret of the editor; `user` in it is written by the server. */
  declare readonly awareness: Awareness;

  connection = $state<'connected' | 'reconnecting' | 'offline'>('reconnecting');
  /** False until the server's state has been seen once on this page. */
  synced = $state(false);
  access = $state<Access>('none');
  saved = $state<Saved>({ kind: 'saved' });
  people = $state<readonly Person[]>([]);
  /** Set when the server refused for good: the text stays on screen, to be copied. */
  refusal = $state<Refusal | undefined>(undefined);
  /** The page is older than the server (or than a restored backup): reload it. */
  outdated = $state(false);

  constructor(options: LiveDocumentOptions) {
    this.name = options.name;
    this.doc = new Y.Doc();
  }

  /** Something typed here is not stored by the server: warn before leaving. */
  get hasUnsent(): boolean {
    return this.saved.kind !== 'saved';
  }

  /** Forgets what this browser kept of the refused text; reload the page after it. */
  async discard(): Promise<void> {}

  destroy(): void {}
}
