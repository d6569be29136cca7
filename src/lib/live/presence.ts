/** What the awareness of the view document says of people, beside who they are. */

/** `user` is written by the server, `elsewhere` by the desk of the room. */
type Presence = { readonly user?: { readonly id: string }; readonly elsewhere?: boolean };

/** Ids of those who look at another item; with two tabs somebody follows as long as one does. */
export function lookingElsewhere(states: ReadonlyMap<number, Presence>): readonly string[] {
  const all = [...states.values()].filter(({ user }) => user !== undefined);
  const following = new Set(all.filter(({ elsewhere }) => !elsewhere).map(({ user }) => user?.id));
  return all.flatMap(({ user }) => (user && !following.has(user.id) ? [user.id] : []));
}
