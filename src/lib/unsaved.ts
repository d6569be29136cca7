/** Asks before somebody leaves a form with changes that are not saved. */
import { beforeNavigate } from '$app/navigation';

/** @param unsaved asked at the moment of leaving */
export function guardUnsaved(unsaved: () => boolean, question: string): void {
  beforeNavigate(({ cancel, willUnload }) => {
    if (!unsaved()) return;
    // Leaving the site: the browser asks in its own words.
    if (willUnload || !confirm(question)) cancel();
  });
}
