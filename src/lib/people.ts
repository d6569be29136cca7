/** How a person is drawn beside a caret and in the list of participants: a colour and initials. */

/** Each dark enough for white letters (4.5:1). Names stand beside them: never the colour alone. */
const colors = [
  '#0017c1',
  '#197a4b',
  '#8b1a94',
  '#b83c00',
  '#00667a',
  '#a4003b',
  '#5b5f00',
  '#4a2fb5',
  '#7a4a12',
  '#00695c',
  '#9c1f6f',
  '#3b5270',
] as const;

export const personColor = (index: number): string => colors[index % colors.length] ?? colors[0];

/** Two letters of a Latin name, the first letter of any other. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const latin = words.every((word) => /^[\p{Script=Latin}.'-]+$/u.test(word));
  const letters = latin ? words.slice(0, 2) : words.slice(0, 1);
  return letters.map((word) => [...word][0] ?? '').join('');
}
