/**
 * The sheets this browser has loaded, by item and revision. The first comes with the page, the
 * others are fetched when somebody looks at them.
 */
import type { ProjectSheet } from '#domain/sheet.ts';
import type { ItemId, MeetingId } from '#domain/types.ts';

type Wanted = { readonly id: ItemId; readonly sheetRev: number };
export type LoadedSheet = {
  readonly itemId: ItemId;
  readonly sheetRev: number;
  readonly sheet: ProjectSheet;
};

export class Shelf {
  #meetingId: MeetingId;
  #sheets = $state.raw<Readonly<Record<string, ProjectSheet>>>({});
  #failed = $state.raw<readonly string[]>([]);
  #loading: readonly string[] = [];

  constructor(meetingId: MeetingId, first: LoadedSheet | null) {
    this.#meetingId = meetingId;
    if (first) this.#put(keyOf({ id: first.itemId, sheetRev: first.sheetRev }), first.sheet);
  }

  get(item: Wanted): ProjectSheet | undefined {
    return this.#sheets[keyOf(item)];
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
      this.#put(keyOf({ id: loaded.itemId, sheetRev: loaded.sheetRev }), loaded.sheet);
      // The view may lag behind the sheet by a moment; what was asked for is answered anyway.
      this.#put(key, loaded.sheet);
    } catch {
      this.#failed = [...this.#failed, key];
    } finally {
      this.#loading = this.#loading.filter((each) => each !== key);
    }
  }

  #put(key: string, sheet: ProjectSheet): void {
    this.#sheets = { ...this.#sheets, [key]: sheet };
  }
}

const keyOf = ({ id, sheetRev }: Wanted) => `${id}:${sheetRev}`;
