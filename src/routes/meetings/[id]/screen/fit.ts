/**
 * Makes what the projector shows fit the wall: nobody in the room can scroll it. Each degree of
 * tightness is a rule of style (`data-tight` on the page); the first that leaves nothing cut holds.
 */
import type { Attachment } from 'svelte/attachments';

/** The last two make the type smaller: small is the lesser evil where a result would be lost. */
const TIGHTEST = 5;

export const fit: Attachment<HTMLElement> = (content) => {
  const page = content.closest('main') ?? content;
  const settle = () => {
    for (let degree = 0; degree <= TIGHTEST; degree += 1) {
      page.dataset['tight'] = String(degree);
      if (content.scrollHeight <= content.clientHeight + 1) return;
    }
  };
  const resized = new ResizeObserver(settle);
  const changed = new MutationObserver(settle);
  resized.observe(content);
  changed.observe(content, { childList: true, characterData: true, subtree: true });
  return () => {
    resized.disconnect();
    changed.disconnect();
    delete page.dataset['tight'];
  };
};
