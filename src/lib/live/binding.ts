/**
 * Ties an input of the page to a field of a live form: what is typed goes into the document at once,
 * what others type appears around the caret. While a Japanese word is being composed neither happens.
 */
import { untrack } from 'svelte';
import { lengthLimit } from '#domain/formfield.ts';
import type { LiveForm } from './form.svelte.ts';
import { editBetween, moved, type TextDelta } from './typing.ts';

type Control = HTMLInputElement | HTMLTextAreaElement;

/** @param refused told whether the last thing typed did not fit and was taken back */
export function bindField(form: LiveForm, key: string, refused: (isLong: boolean) => void) {
  return (control: Control): (() => void) =>
    untrack(() => {
      let shown = form.values[key] ?? '';
      let isComposing = false;
      let isWriting = false;
      let missed: TextDelta[] = [];
      control.value = shown;

      /** Shows what stands in the field, the caret where it was in the words. */
      function show(deltas: readonly TextDelta[]): void {
        const text = form.values[key] ?? '';
        shown = text;
        if (control.value === text) return;
        let [start, end] = [control.selectionStart ?? 0, control.selectionEnd ?? 0];
        for (const delta of deltas) [start, end] = [moved(start, delta), moved(end, delta)];
        control.value = text;
        if (document.activeElement === control) control.setSelectionRange(start, end);
      }

      function send(): void {
        if (isComposing) return;
        const edit = editBetween(shown, control.value);
        const deltas = missed;
        missed = [];
        if (!edit) return show(deltas);
        isWriting = true;
        const fits = form.write(key, edit, deltas);
        isWriting = false;
        refused(!fits && control.value.length > lengthLimit(key));
        if (fits && deltas.length === 0) shown = form.values[key] ?? '';
        else show(deltas);
      }

      const begin = () => (isComposing = true);
      const finish = () => {
        isComposing = false;
        send();
      };
      const enter = () => form.enter(key);
      const leave = () => {
        finish();
        form.enter(null);
      };
      const forget = form.listen(key, (delta) => {
        if (isWriting) return;
        if (isComposing && delta) missed.push(delta);
        else show(delta ? [delta] : []);
      });
      control.addEventListener('input', send);
      control.addEventListener('compositionstart', begin);
      control.addEventListener('compositionend', finish);
      control.addEventListener('focus', enter);
      control.addEventListener('blur', leave);
      return () => {
        forget();
        control.removeEventListener('input', send);
        control.removeEventListener('compositionstart', begin);
        control.removeEventListener('compositionend', finish);
        control.removeEventListener('focus', enter);
        control.removeEventListener('blur', leave);
      };
    });
}
