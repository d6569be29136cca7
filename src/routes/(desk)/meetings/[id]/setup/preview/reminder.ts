/** 催促: the text for one member, and a link that opens it in a mail program. */
import type { answers } from '$lib/messages/answers.ts';

/** Longer addresses are cut by mail programs and browsers of offices. */
const LONGEST = 1_900;

export function reminderFor(
  t: ReturnType<typeof answers>,
  name: string,
  title: string,
  items: readonly string[],
  url: string,
): { readonly text: string; readonly href: string } {
  const text = t.body(name, title, items, url);
  const hrefOf = (body: string) =>
    `mailto:?subject=${encodeURIComponent(t.subject(title))}&body=${encodeURIComponent(
      body.replaceAll('\n', '\r\n'),
    )}`;
  const whole = hrefOf(text);
  const href =
    whole.length <= LONGEST ? whole : hrefOf(t.bodyShort(name, title, items.length, url));
  return { text, href };
}
