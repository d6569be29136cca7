/**
 * Awareness as the caret plugin wants it: the server numbers the colours of people, the plugin asks
 * for the colour itself and warns at every keystroke when it gets a number. And it hears of others
 * only: it draws anew at every event, and drawing puts the selection back to where the editor knew it
 * to be, so that its own caret's event would undo the next key of somebody who selects quickly.
 */
import type { Awareness } from 'y-protocols/awareness';
import { personColor } from '$lib/people.ts';

type State = Record<string, unknown>;
type Changed = Record<'added' | 'updated' | 'removed', readonly number[]>;
type Listener = Parameters<Awareness['on']>[1];

export class CaretAwareness {
  #inner: Awareness;
  #filtered = new Map<Listener, Listener>();

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

  on(event: string, listener: Listener): void {
    const ofOthers: Listener = (changed: Changed, ...more: unknown[]) => {
      const { added, updated, removed } = changed;
      if ([...added, ...updated, ...removed].some((id) => id !== this.clientID)) {
        listener(changed, ...more);
      }
    };
    this.#filtered.set(listener, ofOthers);
    this.#inner.on(event, ofOthers);
  }

  off(event: string, listener: Listener): void {
    this.#inner.off(event, this.#filtered.get(listener) ?? listener);
  }
}

function painted(state: State): State {
  const { user } = state;
  if (typeof user !== 'object' || user === null) return state;
  const color = 'color' in user && typeof user.color === 'number' ? user.color : 0;
  return { ...state, user: { ...user, color: personColor(color) } };
}
