/**
 * Sending a form without a page load: busy while under way, and afterwards the focus where the
 * answer is, on the first wrong field or else on the notice of the outcome.
 */
import type { SubmitFunction } from '@sveltejs/kit';
import { tick } from 'svelte';

type Options = {
  /** Empties the fields after success; off by default, since fields show what is stored. */
  readonly reset?: boolean;
  /** Called after success, before the focus moves. */
  readonly done?: () => void;
  /** Where the focus goes after success, when it is not the notice of the outcome. */
  readonly focus?: () => HTMLElement | null | undefined;
};

/** What is under way and which button started it; `use:enhance={sending.submit}`. */
export class Sending {
  busy = $state(false);
  /** The `name=value` or formaction of the pressed button, for several buttons in one form. */
  by = $state('');
  readonly submit: SubmitFunction;

  constructor(options: Options = {}) {
    this.submit = ({ submitter, cancel }) => {
      if (this.busy) return cancel();
      this.busy = true;
      this.by = submitter?.getAttribute('formaction') ?? submitter?.getAttribute('value') ?? '';
      return async ({ result, update }) => {
        await update({ reset: options.reset ?? false });
        this.busy = false;
        this.by = '';
        if (result.type === 'success') options.done?.();
        if (result.type === 'redirect') return;
        const target = result.type === 'success' ? options.focus?.() : undefined;
        if (target) target.focus();
        else await focusOutcome();
      };
    };
  }
}

/** Errors first: the person has to mend something there. */
export async function focusOutcome(): Promise<void> {
  await tick();
  const found =
    document.querySelector<HTMLElement>('[aria-invalid="true"]') ??
    document.querySelector<HTMLElement>('[data-outcome]');
  found?.focus();
}
