/**
 * The sheets this browser has loaded, by item and revision. The first comes with the page, the
 * others are fetched when somebody looks at them.
 */
import type { Previous } from '#domain/previous.ts';
import type { ProjectSheet } from '#domain/sheet.ts';
import type { FiscalYear, ItemId, MeetingId } from '#domain/types.ts';
import { countFindings } from '$lib/sheet/findings.ts';

type Wanted = { readonly id: ItemId; readonly sheetRev: number };
export type LoadedSheet = {
  readonly itemId: ItemId;
  readonly sheetRev: number;
  readonly sheet: ProjectSheet;
  /** What last year's meeting decided on the project, for those who may know. */
  readonly previous?: Previous | null;
};

export class Shelf {
  #meetingId: MeetingId;
  #sheets = $state.raw<Readonly<Record<string, LoadedSheet>>>({});
  /** The newest sheet of each item: it stays on the screen while a newer one is on its way. */
  #newest = $state.raw<Readonly<Record<string, LoadedSheet>>>({});
  /** 指摘 of the sheets as the page came; those that were loaded are counted anew. */
  #counts: Readonly<Record<string, number>>;
  #failed = $state.raw<readonly string[]>([]);
  #loading: readonly string[] = [];

  constructor(
    meetingId: MeetingId,
    first: LoadedSheet | null,
    counts: Readonly<Record<string, number>> = {},
  ) {
    this.#meetingId = meetingId;
    this.#counts = counts;
    if (first) this.#put(keyOf({ id: first.itemId, sheetRev: first.sheetRev }), first);
  }

  get(item: Wanted): ProjectSheet | undefined {
    return this.#found(item)?.sheet;
  }

  previous(item: Wanted): Previous | null {
    return this.#found(item)?.previous ?? null;
  }

  /** Whether what `get` gives is the sheet as it stands now. */
  isCurrent(item: Wanted): boolean {
    return this.#sheets[keyOf(item)] !== undefined;
  }

  /** 指摘 n件 of an item. */
  count(item: Wanted, year: FiscalYear): number {
    const sheet = this.get(item);
    return sheet ? countFindings(sheet, year) : (this.#counts[item.id] ?? 0);
  }

  #found(item: Wanted): LoadedSheet | undefined {
    return this.#sheets[keyOf(item)] ?? this.#newest[item.id];
  }

  failed(item: Wanted): boolean {
    return this.#failed.includes(keyOf(item));
  }

  async load(item: Wanted): Promise<void> {
    const key = keyOf(item);
    if (this.#sheets[key] || this.#loading.includes(key)) return;
    this.#loading = [...this.#loading, key];
    this.#failed = this.#failed.filter((each) => each !== key);
    try {
      const response = await fetch(`/meetings/${this.#meetingId}/sheets/${item.id}`);
      if (!response.ok) throw new Error(`sheet ${response.status}`);
      const loaded = (await response.json()) as LoadedSheet;
      this.#put(keyOf({ id: loaded.itemId, sheetRev: loaded.sheetRev }), loaded);
      // The view may lag behind the sheet by a moment; what was asked for is answered anyway.
      this.#put(key, loaded);
    } catch {
      this.#failed = [...this.#failed, key];
    } finally {
      this.#loading = this.#loading.filter((each) => each !== key);
    }
  }

  #put(key: string, loaded: LoadedSheet): void {
    this.#sheets = { ...this.#sheets, [key]: loaded };
    const known = this.#newest[loaded.itemId];
    if (known && known.sheetRev > loaded.sheetRev) return;
    this.#newest = { ...this.#newest, [loaded.itemId]: loaded };
  }
}

const keyOf = ({ id, sheetRev }: Wanted) => `${id}:${sheetRev}`;
