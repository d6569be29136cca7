/** What the awareness of a document says of people: who has it open, and who looks elsewhere. */

/** Somebody with the document open, as the server stamped it; one entry per person. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** Stable index into the caret colours, 0 to 11. */
  readonly color: number;
  readonly self: boolean;
};

/** `user` is written by the server, `elsewhere` by the desk of the room. */
type Presence = { readonly user?: { readonly id: string }; readonly elsewhere?: boolean };

/** Ids of those who look at another item; with two tabs somebody follows as long as one does. */
export function lookingElsewhere(states: ReadonlyMap<number, Presence>): readonly string[] {
  const all = [...states.values()].filter(({ user }) => user !== undefined);
  const following = new Set(all.filter(({ elsewhere }) => !elsewhere).map(({ user }) => user?.id));
  return all.flatMap(({ user }) => (user && !following.has(user.id) ? [user.id] : []));
}

/** Everybody once, however many tabs they have; `self` is the id of who looks. */
export function peopleIn(
  states: ReadonlyMap<number, Readonly<Record<string, unknown>>>,
  self: string | undefined,
): readonly Person[] {
  const people = new Map<string, Person>();
  for (const { user } of states.values()) {
    if (isUser(user) && !people.has(user.id))
      people.set(user.id, { ...user, self: user.id === self });
  }
  return [...people.values()];
}

const isUser = (user: unknown): user is Omit<Person, 'self'> =>
  typeof user === 'object' && user !== null && 'id' in user && typeof user.id === 'string';
