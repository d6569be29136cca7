/**
 * Keeps the focus where it was when what had it goes away: a ballot that somebody else closes must
 * not throw a keyboard back to the top of the page.
 */

/** An attachment for a part of the page whose content follows the meeting. */
export function keepFocus(part: HTMLElement): () => void {
  let inside = false;
  // Browsers report a vanished element as a plain loss of focus; only going elsewhere is leaving.
  const moved = ({ target }: Event) => {
    inside = target instanceof Node && part.contains(target);
  };
  const watcher = new MutationObserver(() => {
    if (!inside || document.activeElement !== document.body) return;
    const place = part.querySelector<HTMLElement>('section') ?? part;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });
  document.addEventListener('focusin', moved);
  document.addEventListener('pointerdown', moved);
  watcher.observe(part, { childList: true, subtree: true });
  return () => {
    watcher.disconnect();
    document.removeEventListener('focusin', moved);
    document.removeEventListener('pointerdown', moved);
  };
}
