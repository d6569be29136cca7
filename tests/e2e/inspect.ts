/** What must be true of a page in every state: axe finds nothing, nothing is wider than the screen. */
import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

export const phone = { width: 360, height: 740 };
export const desk = { width: 1440, height: 900 };

export async function inspect(page: Page, what = page.url()): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    // A colour on its way from one state to the next is neither.
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations === 1);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    // Only what is wrong comes back: a list of all that is right costs more than to find it.
    const { violations } = await window.axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
  });
  expect(found, what).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${what} is wider than its screen`).toBeLessThanOrEqual(0);
}

/** On a phone and at a desk; the page is left at the desk. */
export async function inspectSizes(page: Page, what = page.url()): Promise<void> {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size);
    await inspect(page, `${what} at ${size.width}`);
  }
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
