/** Which key does what in the room, and when none of them may do anything. Decides, does nothing. */

export const shortcuts = [
  { key: 'n', action: 'next' },
  { key: 'p', action: 'previous' },
  { key: 'f', action: 'follow' },
  { key: 'h', action: 'hand' },
  { key: 'b', action: 'ballot' },
  { key: '?', action: 'help' },
] as const;
export type Action = (typeof shortcuts)[number]['action'];

type Press = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'repeat' | 'defaultPrevented'
>;
/** As much of an element as tells whether somebody types into it. */
type Place = { closest(selector: string): unknown };

/** Where letters belong to what is typed, chosen or answered. */
const typing =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable], [role="textbox"], dialog[open]';

export function actionOf(press: Press, place: Place | null): Action | undefined {
  const { ctrlKey, metaKey, altKey, isComposing, repeat, defaultPrevented } = press;
  if (ctrlKey || metaKey || altKey || isComposing || repeat || defaultPrevented) return undefined;
  if (place?.closest(typing)) return undefined;
  return shortcuts.find(({ key }) => key === press.key)?.action;
}
