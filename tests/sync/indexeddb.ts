/** As much of IndexedDB as the drawer uses, in memory: it outlives a page, as the real one does. */

type Row = { place: string; id: string };

class Request<Result> {
  onsuccess: (() => void) | undefined;
  onerror: (() => void) | undefined;
  onupgradeneeded: (() => void) | undefined;
  result: Result;
  error = null;

  constructor(result: Result) {
    this.result = result;
    queueMicrotask(() => {
      this.onupgradeneeded?.();
      this.onsuccess?.();
    });
  }
}

export class MemoryIndexedDB {
  readonly rows = new Map<string, Row>();
  /** Every write throws, as over quota. */
  isFull = false;

  open(): Request<unknown> {
    const key = (place: string, id: string) => `${place}\n${id}`;
    const store = {
      put: (row: Row) => {
        if (this.isFull) throw new Error('QuotaExceededError');
        this.rows.set(key(row.place, row.id), structuredClone(row));
      },
      delete: ([place, id]: [string, string]) => this.rows.delete(key(place, id)),
      index: () => ({
        getAll: (place: string) =>
          new Request([...this.rows.values()].filter((row) => row.place === place)),
      }),
      createIndex: () => undefined,
    };
    return new Request({
      createObjectStore: () => store,
      transaction: () => ({ objectStore: () => store }),
      close: () => undefined,
    });
  }
}
