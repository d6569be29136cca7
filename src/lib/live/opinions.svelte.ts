/**
 * The opinions documents a tab has open: the one on screen, and those left behind until the last
 * word typed there is stored. Browser only.
 */
import { opinionsDocument } from '#protocol/documents.ts';
import type { AccountId, ItemId } from '#domain/types.ts';
import { LiveDocument } from './document.svelte.ts';

export class OpinionDocuments {
  #accountId: AccountId;
  #open = $state.raw<ReadonlyMap<ItemId, LiveDocument>>(new Map());
  #shown = $state.raw<ItemId | null>(null);

  constructor(accountId: AccountId) {
    this.#accountId = accountId;
  }

  get shown(): LiveDocument | undefined {
    return this.#shown === null ? undefined : this.#open.get(this.#shown);
  }

  /** Opens the document of an item, or none; reopened ones are those that still wait. */
  show(itemId: ItemId | null): void {
    if (itemId !== null && !this.#open.has(itemId)) {
      const name = opinionsDocument(itemId);
      const document = new LiveDocument({ name, accountId: this.#accountId });
      this.#open = new Map([...this.#open, [itemId, document]]);
    }
    this.#shown = itemId;
  }

  /** Ends what is neither on screen nor waiting; called whenever one of the two has changed. */
  release(): void {
    const kept = new Map<ItemId, LiveDocument>();
    for (const [itemId, document] of this.#open) {
      if (itemId === this.#shown || document.hasUnsent) kept.set(itemId, document);
      else document.destroy();
    }
    if (kept.size !== this.#open.size) this.#open = kept;
  }

  get all(): readonly LiveDocument[] {
    return [...this.#open.values()];
  }

  destroy(): void {
    for (const document of this.#open.values()) document.destroy();
    this.#open = new Map();
    this.#shown = null;
  }
}
