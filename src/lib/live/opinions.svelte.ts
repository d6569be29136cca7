/**
 * The opinions documents a tab has open: the one on screen, and those left behind until the last
 * word typed there is stored. Browser only.
 */
import { untrack } from 'svelte';
import { opinionsDocument } from '#protocol/documents.ts';
import type { AccountId, ItemId } from '#domain/types.ts';
import type { Carrier } from './channel.ts';
import { LiveDocument } from './document.svelte.ts';

export class OpinionDocuments {
  #accountId: AccountId;
  #carrier: Carrier | undefined;
  /** Those that are open: on screen, or still waiting for the server. */
  all = $state.raw<readonly LiveDocument[]>([]);
  shown = $state.raw<LiveDocument | undefined>(undefined);

  constructor(accountId: AccountId, carrier: Carrier | undefined) {
    this.#accountId = accountId;
    this.#carrier = carrier;
  }

  /** Opens the document of an item, or none; one that still waits is taken up again. */
  show(itemId: ItemId | null): void {
    const name = itemId && opinionsDocument(itemId);
    if (name === null) {
      this.shown = undefined;
      return;
    }
    const open = untrack(() => this.all);
    const document =
      open.find((each) => each.name === name) ??
      new LiveDocument({ name, accountId: this.#accountId, carrier: this.#carrier });
    if (!open.includes(document)) this.all = [...open, document];
    this.shown = document;
  }

  /** Ends what is neither on screen nor waiting; called whenever one of the two has changed. */
  release(): void {
    const kept = this.all.filter((each) => each === this.shown || each.hasUnsent);
    if (kept.length === this.all.length) return;
    for (const each of this.all) if (!kept.includes(each)) each.destroy();
    this.all = kept;
  }

  destroy(): void {
    for (const each of this.all) each.destroy();
    this.all = [];
    this.shown = undefined;
  }
}
