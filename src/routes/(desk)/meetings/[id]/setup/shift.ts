/** Moves an entry of a list to another place; the list itself is changed, so that bound fields stay bound. */
export function shift<Each>(list: Each[], from: number, to: number): void {
  list.splice(to, 0, ...list.splice(from, 1));
}
