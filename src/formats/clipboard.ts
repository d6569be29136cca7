/** Tables of pasted HTML as grids. */
import type { Grid } from './grid.ts';

export function parseHtml(_html: string): readonly Grid[] {
  return [];
}
