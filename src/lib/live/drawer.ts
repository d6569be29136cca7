/**
 * Where a browser keeps what the server has not stored yet, so that a crash or a reload loses
 * nothing: one row per update in IndexedDB, under account and document. Where IndexedDB is missing
 * or refuses, everything goes on without it.
 */

export type Kept = { readonly id: string; readonly update: Uint8Array };

export type Drawer = {
  /** What earlier pages left here, oldest first. */
  readonly kept: readonly Kept[];
  put(kept: Kept): void;
  remove(ids: readonly string[]): void;
  close(): void;
};

const STORE = 'unsent';
const noDrawer: Drawer = {
  kept: [],
  put: () => undefined,
  remove: () => undefined,
  close: () => undefined,
};

/** Answers within `patience` ms: a blocked database must not keep anybody from writing. */
export async function openDrawer(place: string, patience = 1500): Promise<Drawer> {
  const tooLate = new Promise<Drawer>((resolve) => setTimeout(() => resolve(noDrawer), patience));
  return Promise.race([open(place).catch(() => noDrawer), tooLate]);
}

async function open(place: string): Promise<Drawer> {
  if (typeof indexedDB === 'undefined') return noDrawer;
  const opening = indexedDB.open('kensho', 1);
  opening.onupgradeneeded = () => {
    const store = opening.result.createObjectStore(STORE, { keyPath: ['place', 'id'] });
    store.createIndex('place', 'place');
  };
  const database = await answer(opening);
  // Another page wants a newer version: let it.
  database.onversionchange = () => database.close();
  const all = database.transaction(STORE).objectStore(STORE).index('place').getAll(place);
  const rows = await answer(all as IDBRequest<(Kept & { readonly at: number })[]>);
  const kept = rows.toSorted((one, other) => one.at - other.at);
  let at = (kept.at(-1)?.at ?? 0) + 1;
  return {
    kept,
    put({ id, update }) {
      attempt(database, (store) => store.put({ place, id, update, at: at++ }));
    },
    remove(ids) {
      attempt(database, (store) => ids.forEach((id) => store.delete([place, id])));
    },
    close: () => database.close(),
  };
}

/** A full or closed database is no reason to stop anybody from typing. */
function attempt(database: IDBDatabase, work: (store: IDBObjectStore) => void): void {
  try {
    const transaction = database.transaction(STORE, 'readwrite');
    transaction.onerror = (event) => event.preventDefault();
    work(transaction.objectStore(STORE));
  } catch {
    // Closed, or over quota: the words are still in this page and on their way.
  }
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
  });
}
