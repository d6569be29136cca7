/**
 * Who is in a document and where their carets are. Each connection speaks for one clientID, the
 * name beside the caret is written here and never taken from the browser, and a state is gone when
 * its connection is. Keeps nothing on disk and no clock.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { AccountId } from '#domain/types.ts';
import type { Right } from './seams.ts';
import { Malformed, orMalformed } from './wire.ts';

const COLOURS = 12;

type State = { readonly clock: number; readonly json: string | undefined };

/** The state a browser claims for one clientID; undefined when the message is about others only. */
export type Claim = { readonly clock: number; readonly state: Record<string, unknown> | null };

/**
 * The entry of `client` in an awareness message. Stock providers also echo the states of others:
 * those entries are skipped unread.
 * @throws Malformed
 */
export function readClaim(
  message: Uint8Array,
  client: number,
  maxBytes: number,
): Claim | undefined {
  return orMalformed(() => {
    const decoder = decoding.createDecoder(message);
    let claim: Claim | undefined;
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const id = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const json = decoding.readVarUint8Array(decoder);
      if (id !== client) continue;
      if (json.byteLength > maxBytes) throw new Malformed('presence too large');
      claim = { clock, state: readState(new TextDecoder().decode(json)) };
    }
    if (decoding.hasContent(decoder)) throw new Malformed('bytes behind the presence');
    return claim;
  });
}

function readState(json: string): Record<string, unknown> | null {
  const state: unknown = JSON.parse(json);
  if (state === null) return null;
  if (typeof state !== 'object' || Array.isArray(state))
    throw new Malformed('presence is no object');
  return state as Record<string, unknown>;
}

/** Those who are together, in one document or in all that show one meeting to different people. */
export class Company {
  readonly states = new Map<number, State>();
  readonly colours = new Map<AccountId, number>();
  /** One per document: each tells its own readers of every change. */
  parts: readonly Presence[] = [];
}

export class Presence {
  readonly company: Company;
  readonly #owner: { heard(): void };
  #changed: Set<number> | undefined;

  /** `owner` is told when there is something new to tell. */
  constructor(company: Company, owner: { heard(): void }) {
    this.company = company;
    this.#owner = owner;
    company.parts = [...company.parts, this];
  }

  /** The document leaves memory. */
  leave(): void {
    this.company.parts = this.company.parts.filter((part) => part !== this);
  }

  /** Takes over what the browser of `client` claims, in the name the server knows. */
  claim(client: number, claim: Claim, accountId: AccountId, user: Right['user']): void {
    const stamped = claim.state && { ...claim.state, user: this.stamp(accountId, user) };
    this.#set(client, claim.clock, stamped ? JSON.stringify(stamped) : undefined);
  }

  /** How others see somebody: the name and role the server knows, and a colour. */
  stamp(accountId: AccountId, user: Right['user']): Right['user'] & { readonly color: number } {
    return { ...user, color: this.#colourOf(accountId) };
  }

  /** The connection of `client` is gone. */
  remove(client: number): void {
    const state = this.company.states.get(client);
    if (state?.json !== undefined) this.#set(client, state.clock, undefined);
  }

  get hasChanges(): boolean {
    return this.#changed !== undefined;
  }

  /** What changed since the last call, as an awareness message; undefined when nothing did. */
  takeChanges(): Uint8Array | undefined {
    if (!this.#changed) return undefined;
    const message = this.#encode([...this.#changed]);
    this.#changed = undefined;
    return message;
  }

  /** Everybody's state, for one who joins. */
  all(): Uint8Array | undefined {
    const here = [...this.company.states].filter(([, { json }]) => json !== undefined);
    return here.length === 0 ? undefined : this.#encode(here.map(([client]) => client));
  }

  /**
   * A browser ignores a state whose clock it has seen (and it has seen 0), and takes an equal clock
   * for a removal only: who comes back with the clock it left with would stay invisible, so it gets
   * the next one.
   */
  #set(client: number, clock: number, json: string | undefined): void {
    const before = this.company.states.get(client);
    if (before && clock <= before.clock) {
      if (before.json === json) return;
      clock = json === undefined ? before.clock : before.clock + 1;
    }
    this.company.states.set(client, { clock: Math.max(clock, 1), json });
    for (const part of this.company.parts) part.#hear(client);
  }

  #hear(client: number): void {
    (this.#changed ??= new Set()).add(client);
    this.#owner.heard();
  }

  #encode(clients: readonly number[]): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, clients.length);
      for (const client of clients) {
        const { clock, json } = this.company.states.get(client) ?? { clock: 0, json: undefined };
        encoding.writeVarUint(encoder, client);
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarString(encoder, json ?? 'null');
      }
    });
  }

  /** The same colour whenever this person comes back, and another one than the others have. */
  #colourOf(accountId: AccountId): number {
    const { colours } = this.company;
    const known = colours.get(accountId);
    if (known !== undefined) return known;
    let colour =
      [...accountId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % COLOURS;
    // As many people as colours have taken all of them: then there is nothing to look for.
    if (colours.size < COLOURS) {
      const taken = new Set(colours.values());
      while (taken.has(colour)) colour = (colour + 1) % COLOURS;
    }
    colours.set(accountId, colour);
    return colour;
  }
}
