/**
 * The own drafts of opinions in this tab: stored a moment after the last key, one request after the
 * other, and tried again until the server has them. Nobody else is ever told.
 */
import type { HeadingId, ItemId, MeetingId } from '#domain/types.ts';

type Place = { readonly itemId: ItemId; readonly headingId: HeadingId };
export type StoredDraft = Place & { readonly text: string };
/** What the server has; words that wait; words it does not take any more. */
export type DraftState = 'saved' | 'saving' | 'waiting' | 'refused';

/** After the last key (ms). */
const PAUSE = 600;
/** Before a failed one is tried again (ms). */
const AGAIN = 3_000;

export class Drafts {
  #meetingId: MeetingId;
  #texts = $state.raw<Readonly<Record<string, string>>>({});
  #stored = $state.raw<Readonly<Record<string, string>>>({});
  #failed = $state(false);
  #refused = $state.raw<readonly string[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;

  constructor(meetingId: MeetingId, stored: readonly StoredDraft[]) {
    this.#meetingId = meetingId;
    const known = Object.fromEntries(stored.map((draft) => [keyOf(draft), draft.text]));
    this.#texts = known;
    this.#stored = known;
  }

  text(place: Place): string {
    return this.#texts[keyOf(place)] ?? '';
  }

  write(place: Place, text: string): void {
    this.#texts = { ...this.#texts, [keyOf(place)]: text };
    this.#refused = this.#refused.filter((key) => key !== keyOf(place));
    this.#soon(PAUSE);
  }

  state(place: Place): DraftState {
    const key = keyOf(place);
    if (this.#refused.includes(key)) return 'refused';
    if (!this.#differs(key)) return 'saved';
    return this.#failed ? 'waiting' : 'saving';
  }

  /** Something typed here is not stored: warn before leaving. */
  get hasUnsent(): boolean {
    return Object.keys(this.#texts).some((key) => this.#differs(key));
  }

  /** Whether the draft is gone from the server too. */
  async remove(place: Place): Promise<boolean> {
    this.write(place, '');
    clearTimeout(this.#timer);
    await this.#flush();
    return !this.#differs(keyOf(place));
  }

  destroy(): void {
    clearTimeout(this.#timer);
    void this.#flush();
  }

  #differs(key: string): boolean {
    return (this.#texts[key] ?? '') !== (this.#stored[key] ?? '');
  }

  #soon(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#flush(), delay);
  }

  /** One at a time: an older text never overtakes a newer one. */
  async #flush(): Promise<void> {
    if (this.#sending) await this.#sending;
    this.#sending = this.#sendAll();
    await this.#sending;
    this.#sending = undefined;
  }

  async #sendAll(): Promise<void> {
    const waiting = Object.keys(this.#texts).filter(
      (key) => this.#differs(key) && !this.#refused.includes(key),
    );
    for (const key of waiting) {
      const text = this.#texts[key] ?? '';
      const answer = await this.#put(placeOf(key), text);
      this.#failed = answer === 'failed';
      if (answer === 'stored') this.#stored = { ...this.#stored, [key]: text };
      else if (answer === 'refused') this.#refused = [...this.#refused, key];
      else return this.#soon(AGAIN);
    }
  }

  async #put(place: Place, text: string): Promise<'stored' | 'refused' | 'failed'> {
    try {
      const response = await fetch(`/meetings/${this.#meetingId}/drafts`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...place, text }),
        // A page that leads to the sign-in is no answer.
        redirect: 'manual',
        keepalive: true,
      });
      if (response.ok) return 'stored';
      return [400, 403, 404, 409].includes(response.status) ? 'refused' : 'failed';
    } catch {
      return 'failed';
    }
  }
}

const keyOf = ({ itemId, headingId }: Place) => `${itemId}/${headingId}`;

function placeOf(key: string): Place {
  const [itemId, headingId] = key.split('/') as [ItemId, HeadingId];
  return { itemId, headingId };
}
