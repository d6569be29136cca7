/**
 * Awareness as the caret plugin wants it: the server numbers the colours of people, the plugin asks
 * for the colour itself and warns at every keystroke when it gets a number.
 */
import type { Awareness } from 'y-protocols/awareness';
import { personColor } from '$lib/people.ts';

type State = Record<string, unknown>;

export class CaretAwareness {
  #inner: Awareness;

  constructor(inner: Awareness) {
    this.#inner = inner;
  }

  get clientID(): number {
    return this.#inner.clientID;
  }

  get doc() {
    return this.#inner.doc;
  }

  get states(): Map<number, State> {
    return this.getStates();
  }

  getStates(): Map<number, State> {
    return new Map([...this.#inner.getStates()].map(([id, state]) => [id, painted(state)]));
  }

  getLocalState(): State | null {
    return this.#inner.getLocalState();
  }

  setLocalStateField(field: string, value: unknown): void {
    this.#inner.setLocalStateField(field, value);
  }

  on(...listening: Parameters<Awareness['on']>): void {
    this.#inner.on(...listening);
  }

  off(...listening: Parameters<Awareness['off']>): void {
    this.#inner.off(...listening);
  }
}

function painted(state: State): State {
  const { user } = state;
  if (typeof user !== 'object' || user === null) return state;
  const color = 'color' in user && typeof user.color === 'number' ? user.color : 0;
  return { ...state, user: { ...user, color: personColor(color) } };
}
