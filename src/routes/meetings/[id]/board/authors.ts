/**
 * Who is behind a clientID, asked of the server once for each: the letters of a bullet carry the ids,
 * and the server alone knows whose they are ([P15]).
 */
import { SvelteMap } from 'svelte/reactivity';
import type { ItemId, MeetingId } from '#domain/types.ts';

/** So many are asked for at once. */
const MANY = 200;
const AGAIN = 2_000;

export class Authors {
  /** null: the server itself, or nobody who can be named. */
  names = new SvelteMap<number, string | null>();
  #path: string;
  /** Those that are being asked for, or were; nobody looks at it. */
  #asked: readonly number[] = [];

  constructor(meetingId: MeetingId, itemId: ItemId) {
    this.#path = `/meetings/${meetingId}/authors/${itemId}`;
  }

  /** @param patience how often those that are not known yet are asked for again */
  async ask(clients: readonly number[], patience = 5): Promise<void> {
    const open = clients.filter((client) => !this.#asked.includes(client)).slice(0, MANY);
    if (open.length === 0) return;
    this.#asked = [...this.#asked, ...open];
    const found = await this.#fetch(open);
    for (const [client, name] of found) this.names.set(client, name);
    // An id is in the table a moment after its first word; without a line it is asked for later.
    const missing = open.filter((client) => !this.names.has(client));
    if (missing.length === 0) return;
    setTimeout(() => {
      this.#asked = this.#asked.filter((client) => !missing.includes(client));
      if (patience > 0) void this.ask(missing, patience - 1);
    }, AGAIN);
  }

  async #fetch(clients: readonly number[]): Promise<readonly (readonly [number, string | null])[]> {
    try {
      const answer = await fetch(`${this.#path}?client=${clients.join()}`);
      if (!answer.ok) return [];
      const names = (await answer.json()) as Readonly<Record<string, string | null>>;
      return Object.entries(names).map(([client, name]) => [Number(client), name] as const);
    } catch {
      return [];
    }
  }

  /** Names of these, each once; undefined while one of them is not known yet. */
  of(clients: readonly number[]): readonly string[] | undefined {
    const found = clients.map((client) => this.names.get(client));
    if (found.includes(undefined)) return undefined;
    const named = found.filter((name) => typeof name === 'string');
    return named.filter((name, at) => named.indexOf(name) === at);
  }
}
